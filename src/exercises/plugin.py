"""The pytest plugin behind a check: fixtures, a time limit, and verdicts instead of noise."""

import asyncio
import inspect
import socket
from collections.abc import Generator, Iterator
from pathlib import Path
from types import ModuleType
from warnings import WarningMessage

import pytest

from exercises.answer import answer
from exercises.fresh import clear, load
from exercises.limit import TimeLimit, time_limit
from exercises.report import Verdict
from local_servers import Addresses, CannotStart, NoEmptyDatabase, local_servers, scratch


class CannotLoad(Exception):
    """The reader's file raises when it is imported; the cause says what."""


class Check:
    """Checks one solution.

    Attributes:
        criteria: all of them, in order.
        verdicts: one for each criterion that was tried.
        warned: what Python said about a forgotten await.
        broken: why nothing could be checked; the reader cannot help it.
    """

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
        """A database and a keyspace for this check, on the environment's servers or our own."""
        with local_servers() as addresses, scratch(addresses) as own:
            yield own

    @pytest.fixture
    def fresh(self, servers: Addresses, monkeypatch: pytest.MonkeyPatch) -> Addresses:
        """The database and the keyspace, empty, and named in the environment."""
        asyncio.run(clear(servers))
        for name, value in servers.environment.items():
            monkeypatch.setenv(name, value)
        return servers

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
