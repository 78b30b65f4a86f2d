"""Faults to inject: a gate behind a statement, a network that breaks, a server that is silent."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any, Self
from urllib.parse import urlsplit

import asyncpg
import httpx

from user_service.problems import MEDIA_TYPE

ADA = {"username": "ada", "email": "ada@example.com"}
Serve = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


def is_problem(answer: httpx.Response, status: int) -> bool:
    body = answer.json()
    return (
        answer.status_code == body["status"] == status
        and answer.headers["content-type"] == MEDIA_TYPE
        and bool(body["title"] and body["detail"] and body["type"] == "about:blank")
    )


async def wait_for_a_lock(connection: asyncpg.Connection) -> None:
    """Return when some statement is waiting for a lock in this database."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    waiting += " AND datname = current_database()"
    while not await connection.fetchval(waiting):  # noqa: ASYNC110 — the event is PostgreSQL's
        await asyncio.sleep(0.01)


class Statements:
    """A list of the statements sent; while `hold` is set, their rows are kept back."""

    def __init__(self, fetch: Callable[..., Awaitable[Any]]) -> None:
        self._fetch = fetch
        self.sent: list[str] = []
        self.gate: asyncio.Event | None = None
        self.arrived: asyncio.Event | None = None
        self.pause: Callable[[], float] | None = None

    def hold(self) -> None:
        self.gate, self.arrived = asyncio.Event(), asyncio.Event()

    @property
    def selects(self) -> int:
        return sum(sql.startswith("SELECT id") for sql in self.sent)

    def as_method(self) -> Callable[..., Awaitable[Any]]:
        async def fetch(database: Any, sql: str, *values: object) -> Any:
            self.sent.append(sql)
            rows = await self._fetch(database, sql, *values)
            if self.pause and sql.startswith("SELECT id"):
                await asyncio.sleep(self.pause())
            if self.gate and self.arrived and sql.startswith("SELECT id"):
                self.arrived.set()
                await self.gate.wait()
            return rows

        return fetch


class Proxy:
    """Forwards bytes to a server, until it is told to freeze or to cut the line."""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        self._server: asyncio.Server | None = None
        self._writers: list[asyncio.StreamWriter] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self.flowing = asyncio.Event()
        self.flowing.set()
        self.held = asyncio.Event()  # an answer is being kept back
        self._only_answers = False
        self.delay = 0.0  # seconds that each piece of an answer is late
        self.port = 0

    @property
    def url(self) -> str:
        account = self._parts.netloc.rpartition("@")[0]
        place = f"{account}@127.0.0.1:{self.port}".lstrip("@")
        return self._parts._replace(netloc=place).geturl()

    async def __aenter__(self) -> Self:
        await self.listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.cut()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Close all connections, and refuse new ones."""
        if self._server:
            self._server.close()
        for writer in self._writers:
            writer.close()
        self._writers.clear()

    async def reset(self) -> None:
        """Break all connections without a farewell, in the middle of whatever they carry."""
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    def freeze(self) -> None:
        """Let nothing through, in either direction, and accept connections as before."""
        self._only_answers = False
        self.flowing.clear()

    def freeze_answers(self) -> None:
        """Let requests through, and keep their answers back."""
        self._only_answers = True
        self.flowing.clear()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = self._parts.hostname, self._parts.port or 5432
        far_reader, far_writer = await asyncio.open_connection(host, port)
        self._writers += [writer, far_writer]
        there = self._forward(reader, far_writer, answers=False)
        back = self._forward(far_reader, writer, answers=True)
        self._tasks |= {asyncio.create_task(there), asyncio.create_task(back)}

    async def _forward(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool
    ) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                if answers and not self.flowing.is_set():
                    self.held.set()
                if answers or not self._only_answers:
                    await self.flowing.wait()
                if answers and self.delay:
                    await asyncio.sleep(self.delay)
                writer.write(data)
                await writer.drain()
            writer.close()


@asynccontextmanager
async def silent_server() -> AsyncIterator[int]:
    """Accept connections on a port and never answer."""
    silence = asyncio.Event()

    async def accept(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await silence.wait()
        writer.close()

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        silence.set()
        server.close()
        await asyncio.sleep(0)
