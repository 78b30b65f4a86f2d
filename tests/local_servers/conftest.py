import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from local_servers import Addresses, binaries, local_servers
from local_servers.account import unprivileged
from local_servers.server import Place


def permissions() -> dict[Path, str]:
    folders = (Path.home(), Path(sys.prefix), *binaries.postgres().executable.parents)
    return {folder: stat.filemode(folder.stat().st_mode) for folder in folders}


@pytest.fixture(scope="session")
def permissions_before() -> dict[Path, str]:
    return permissions()


@pytest.fixture(scope="session")
def addresses(permissions_before: dict[Path, str]) -> Iterator[Addresses]:  # noqa: ARG001
    with local_servers(environ={}) as started:
        yield started


@pytest.fixture
def processes(addresses: Addresses) -> dict[str, psutil.Process]:  # noqa: ARG001 — they run
    children = psutil.Process().children(recursive=True)
    guardian = next(child for child in children if "local_servers.guardian" in child.cmdline())
    return {child.name(): child for child in guardian.children()}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that `nobody` can enter, as it cannot enter pytest's tmp_path of root."""
    made = Path(tempfile.mkdtemp(prefix="test-local-servers-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def place(folder: Path) -> Callable[[], Place]:
    def pause() -> None:
        time.sleep(0.004)

    def make() -> Place:
        account = unprivileged()
        if account:
            account.owns(folder)
        return Place(folder, account, pause)

    return make
