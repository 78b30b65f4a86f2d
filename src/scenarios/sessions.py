"""A party at work: its connections, and one statement at a time, which may have to wait."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import asyncpg
from redis.asyncio import Redis

from scenarios.scenario import Kept, Party
from user_service.entries import SETTLE

NOTHING = "nothing"
PAUSE = 0.002  # seconds between two looks at who waits
TRIES = 3
RETRIED = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)


@dataclass
class Session:
    """A party with its connection to each store.

    Attributes:
        party: whose it is.
        database: its connection to PostgreSQL.
        cache: its connection to Valkey.
        level: the isolation level its transactions begin with; "" outside of transactions.
        position: the number of its next step.
        attempt: 1, and one more after each 40001.
        running: the statement that has not been answered yet.
    """

    party: Party
    database: asyncpg.Connection
    cache: Redis
    level: str
    position: int = 0
    attempt: int = 1
    kept: Kept = field(default_factory=dict)
    running: "asyncio.Task[str] | None" = None

    @property
    def ended(self) -> bool:
        """Whether it has taken all its steps, or given up."""
        return self.position == len(self.party.steps)

    @property
    def pid(self) -> int:
        """The process that serves its connection to PostgreSQL."""
        return self.database.get_server_pid()

    @property
    def statement(self) -> str:
        """The next statement, with the values the party has kept."""
        return self.party.steps[self.position].text.format(**self.kept)

    def start(self) -> None:
        """Send the next statement."""
        self.running = asyncio.create_task(self.answer())

    async def answer(self) -> str:
        """Return the fact that comes of the next step."""
        step = self.party.steps[self.position]
        if not step.wanted(self.kept):
            return f"left out: {step.condition} is not so"
        try:
            if step.store == "cache":
                return await self.command(self.statement)
            return await self.query(self.statement)
        except RETRIED as error:
            return str(error.sqlstate)

    async def query(self, statement: str) -> str:
        """Ask PostgreSQL: the rows of a SELECT, or the tag of what was done."""
        if not statement.startswith("SELECT"):
            level = f" ISOLATION LEVEL {self.level}" if statement == "BEGIN" else ""
            return str(await self.database.execute(statement + level))
        return told(await self.database.fetch(statement))

    async def command(self, statement: str) -> str:
        """Ask Valkey; SETTLE is the script of the service, to which nobody is `null`."""
        command, *words = statement.split()
        if command == "SETTLE":
            key, note, user, seconds = words
            entry = "null" if user == NOTHING else user
            answer = await self.cache.eval(SETTLE, 1, key, note, entry, seconds)
            return "written" if answer else "refused"
        client: Any = self.cache  # its types leave this method out
        answer = await client.execute_command(command, *words)
        return {"None": NOTHING, "True": "OK"}.get(str(answer), str(answer))

    async def settled(self) -> str:
        """Take note of the answer, and return it; after a 40001 the party begins again."""
        assert self.running is not None  # noqa: S101 — for mypy
        fact = await self.running
        self.running = None
        if fact in {error.sqlstate for error in RETRIED}:
            if self.database.is_in_transaction():
                await self.database.execute("ROLLBACK")
            self.attempt, self.position = self.attempt + 1, 0
            if self.attempt > TRIES:
                self.position = len(self.party.steps)
            return fact
        step = self.party.steps[self.position]
        if step.keep:
            self.kept[step.keep] = fact
        self.position += 1
        return fact


def told(rows: Iterable[asyncpg.Record]) -> str:
    """Write rows as one line."""
    return ", ".join(" ".join(str(value) for value in row) for row in rows) or NOTHING


async def waits_for(observer: asyncpg.Connection, session: Session) -> list[int]:
    """Wait until the statement has been answered, or stands in line; return whom it waits for."""
    assert session.running is not None  # noqa: S101 — for mypy
    while True:
        done, _ = await asyncio.wait([session.running], timeout=PAUSE)
        if done:
            return []
        blockers: list[int] = await observer.fetchval("SELECT pg_blocking_pids($1)", session.pid)
        if blockers:
            return blockers
