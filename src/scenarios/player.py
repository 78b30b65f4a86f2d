"""The player: takes one order of the steps and notes what comes of each."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import asyncpg
from redis.asyncio import Redis

from local_servers import Addresses
from scenarios.scenario import Scenario, Story
from scenarios.sessions import Session, waits_for
from scenarios.watching import Watcher

Event = tuple[str, str, str]  # party, statement, and the fact that came of it


@dataclass(frozen=True)
class Moment:
    """What stands after a step.

    Attributes:
        events: what came of the step, and of statements that had waited for it.
        state: what can be seen from outside.
        ready: the parties that can take the next step.
    """

    events: tuple[Event, ...]
    state: dict[str, object]
    ready: tuple[str, ...]


class Player:
    """Plays one variant of a scenario, as often as it is asked to.

    Args:
        scenario: what to play.
        variant: its isolation level, or "".
        sessions: one for each party.
        watcher: who looks on.
    """

    def __init__(
        self, scenario: Scenario, variant: str, sessions: list[Session], watcher: Watcher
    ) -> None:
        self.scenario, self.variant = scenario, variant
        self.sessions = {session.party.name: session for session in sessions}
        self.watcher = watcher

    async def begin(self) -> Moment:
        """Put everything back to where it was, and return the first moment."""
        await self.watcher.database.execute(self.scenario.setup)
        await self.watcher.cache.flushdb()
        for session in self.sessions.values():
            session.position, session.attempt, session.running = 0, 1, None
            session.kept = {}
        return await self.moment([])

    async def step(self, name: str) -> Moment:
        """Let a party take its next step, and return the moment after it."""
        session = self.sessions[name]
        statement = session.statement
        session.start()
        events = await self.answered(session, statement, first=True)
        for other in self.sessions.values():
            if other.running is not None and other is not session:
                events += await self.answered(other, other.statement, first=False)
        return await self.moment(events)

    async def answered(self, session: Session, statement: str, *, first: bool) -> list[Event]:
        """Return the event of a statement's answer; of one that waits, only the first time."""
        name = session.party.name
        if blockers := await waits_for(self.watcher.database, session):
            return [(name, statement, f"waits for {self.named(blockers)}")] if first else []
        return [(name, statement, await session.settled())]

    def named(self, pids: list[int]) -> str:
        """Return the name of the party that is served by one of these processes."""
        return next(name for name, other in self.sessions.items() if other.pid in pids)

    async def moment(self, events: list[Event]) -> Moment:
        """Look at everything there is to see."""
        sessions = list(self.sessions.values())
        locks = await self.watcher.locks(sessions)
        parties = {
            name: {
                "at": session.position,
                "attempt": session.attempt,
                "waits": session.running is not None,
                "locks": locks[name],
            }
            for name, session in self.sessions.items()
        }
        state = {"holds": await self.watcher.content(), "parties": parties}
        first = [one for one in sessions if not one.party.after]
        last = [one for one in sessions if one.party.after]
        turn = last if all(one.ended for one in first) else first
        ready = (one.party.name for one in turn if not one.ended and one.running is None)
        return Moment(tuple(events), state, tuple(ready))

    async def tell(self, story: Story) -> list[str]:
        """Play a story to its end and return the differences from what it expects."""
        await self.begin()
        waiting, wrong = list(story.steps), []
        while waiting:
            moment = await self.step(waiting[0][0])
            seen = [(name, fact) for name, _, fact in moment.events]
            expected, waiting = waiting[: len(seen)], waiting[len(seen) :]
            if seen != expected:
                wrong.append(f"expected {expected}, seen {seen}")
        if moment.ready or moment.state["holds"] != story.end:
            wrong.append(f"at the end {moment.state['holds']}, still to come: {moment.ready}")
        return wrong


@asynccontextmanager
async def playing(scenario: Scenario, variant: str, addresses: Addresses) -> AsyncIterator[Player]:
    """Yield a player with connections to empty databases of its own.

    Args:
        scenario: what to play.
        variant: one of its variants.
        addresses: of a database that is empty, and of an empty logical database of Valkey.
    """
    async with AsyncExitStack() as stack:

        async def database(remembered: int = 0) -> asyncpg.Connection:
            connection = await asyncpg.connect(
                addresses.database_url, statement_cache_size=remembered
            )
            stack.push_async_callback(connection.close)
            return connection

        cache = Redis.from_url(addresses.redis_url, decode_responses=True)
        stack.push_async_callback(cache.aclose)
        sessions = [Session(party, await database(), cache, variant) for party in scenario.parties]
        yield Player(scenario, variant, sessions, Watcher(scenario, await database(100), cache))
