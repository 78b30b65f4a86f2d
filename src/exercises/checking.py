"""The check itself, in a process of its own: `python -m exercises.checking` (see `__main__`)."""

import argparse
import asyncio
import inspect
import os
import socket
import sys
from collections.abc import Generator, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from warnings import WarningMessage

import pytest

from exercises.answer import answer
from exercises.limit import TimeLimit, time_limit
from exercises.report import BROKEN, HOLDS, OPEN, Verdict, report
from local_servers import Addresses, CannotStart, NoEmptyDatabase, local_servers, scratch

QUIET = ["-p", "no:terminal", "-p", "no:cacheprovider", "--noconftest", "-c", os.devnull]


class CannotLoad(Exception):
    """The reader's file raises when it is imported; the cause says what."""


class Check:
    """A pytest plugin: fixtures for the tests, a time limit, and verdicts instead of noise."""

    def __init__(self, solution: Path, docs: Path, seconds: float) -> None:
        self.path = solution
        self.docs = docs
        self.seconds = seconds
        self.criteria: list[str] = []
        self.verdicts: list[Verdict] = []
        self.warned: list[str] = []
        self.broken = ""

    @pytest.fixture(scope="session")
    def servers(self) -> Iterator[Addresses]:
        """The servers the environment names, or some of our own."""
        with local_servers() as addresses:
            yield addresses

    @pytest.fixture
    def fresh(self, servers: Addresses, monkeypatch: pytest.MonkeyPatch) -> Iterator[Addresses]:
        """An empty database and an empty keyspace, named in the environment."""
        with scratch(servers) as empty:
            for name, value in empty.environment.items():
                monkeypatch.setenv(name, value)
            yield empty

    @pytest.fixture
    def redis_refused(self, fresh: Addresses, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:  # noqa: ARG002 — it comes first
        """REDIS_URL names a port that refuses: it is taken, and nobody listens."""
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{taken.getsockname()[1]}/0")
            yield

    @pytest.fixture
    def solution(self, request: pytest.FixtureRequest) -> ModuleType:
        """The reader's module, loaded anew, after everything else the test asks for."""
        for name in request.fixturenames:
            if name not in ("solution", "request"):
                request.getfixturevalue(name)
        try:
            with time_limit(self.seconds, self.path):
                return load(self.path)
        except BaseException as problem:
            raise CannotLoad from problem

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool:
        """Run a test, `async` or not, within the time limit."""
        wanted = inspect.signature(pyfuncitem.obj).parameters
        with time_limit(self.seconds, self.path):
            result = pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted})
            if inspect.iscoroutine(result):
                asyncio.run(result)
        return True

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Notice a check that cannot be read: that is the book's fault."""
        if report.failed:
            self.broken = str(report.longrepr)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Note every criterion, so that one that is not tried is named too."""
        self.criteria = [criterion(item) for item in items]

    def pytest_warning_recorded(self, warning_message: WarningMessage) -> None:
        """Keep Python's word about a forgotten await."""
        said = str(warning_message.message)
        if "was never awaited" in said:
            self.warned.append(said.splitlines()[0])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Turn an outcome into a verdict."""
        outcome = yield
        problem = call.excinfo.value if call.excinfo else None
        if isinstance(problem, CannotStart | NoEmptyDatabase):
            self.broken = str(problem)
        elif call.when == "call" or (problem and not isinstance(problem, pytest.skip.Exception)):
            self.judge(item, problem, outcome.capstdout)
        if self.broken or (isinstance(problem, CannotLoad | TimeLimit) and not is_star(item)):
            item.session.shouldstop = "the rest would say the same"
        return outcome

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Keep the star for a solution in which everything else holds."""
        if is_star(item) and any(verdict.failed for verdict in self.verdicts):
            pytest.skip("the others first")

    def judge(self, item: pytest.Item, problem: BaseException | None, printed: str) -> None:
        """Add a verdict on one criterion."""
        if isinstance(problem, CannotLoad) and problem.__cause__:
            problem = problem.__cause__
        rows = answer(problem, self.path, self.docs) if problem else []
        self.verdicts.append(Verdict(criterion(item), is_star(item), rows, printed))


def criterion(item: pytest.Item) -> str:
    """Return the criterion a test is about: the first line of its docstring."""
    assert isinstance(item, pytest.Function)  # noqa: S101 — for mypy
    return (inspect.getdoc(item.obj) or item.name).splitlines()[0]


def is_star(item: pytest.Item) -> bool:
    """Whether a failure is no failure."""
    return criterion(item).startswith("Star: ")


def load(path: Path) -> ModuleType:
    """Import a file anew."""
    spec = spec_from_file_location(path.stem, path)
    assert spec and spec.loader  # noqa: S101, PT018 — for mypy
    module = sys.modules[path.stem] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def check(path: Path, solution: Path, docs: Path, seconds: float) -> tuple[int, str]:
    """Check a solution; return the exit status and what to tell the reader."""
    try:
        compile(solution.read_text("utf-8"), str(solution), "exec")
    except (SyntaxError, ValueError) as problem:
        unread = Verdict("Python can read your file.", rows=answer(problem, solution, docs))
        return OPEN, report([], [unread], [])
    plugin = Check(solution, docs, seconds)
    pytest.main([str(path), *QUIET, f"--rootdir={path.parent}"], plugins=[plugin])
    if plugin.broken or not plugin.verdicts:
        return BROKEN, plugin.broken or f"{path} holds no test."
    text = report(plugin.criteria, plugin.verdicts, plugin.warned)
    return OPEN if any(verdict.failed for verdict in plugin.verdicts) else HOLDS, text


def main() -> None:
    """Check, and leave the text in a file: a reader's program may end this process at any time."""
    parser = argparse.ArgumentParser(prog="python -m exercises.checking")
    for name in ("check", "solution", "docs", "text"):
        parser.add_argument(name, type=Path)
    parser.add_argument("seconds", type=float)
    given = parser.parse_args()
    sys.dont_write_bytecode = True
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    status, text = check(given.check, given.solution, given.docs, given.seconds)
    given.text.write_text(text, "utf-8")
    sys.exit(status)


if __name__ == "__main__":
    main()
