"""The stale-fill race, looked for by Hypothesis on real servers: found in the naive way, not here.

A machine starts and finishes reads and changes in whatever order Hypothesis likes. A read stands
still between its SELECT and its fill, a change between its COMMIT and its invalidation. A read
that was called after a change had finished must not return an older version.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from redis.asyncio import Redis

from local_servers import Addresses
from user_service.cache import Cache
from user_service.connections import open_cache
from user_service.entries import decode, encode
from user_service.models import User
from user_service.settings import Settings

Load = Callable[[int], Awaitable[User | None]]
FOUND = "a read returned an older version than a finished change had made"


class Naive:
    """Cache-aside as it is usually written."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    async def read(self, user_id: int, load: Load) -> User | None:
        raw: Any = await self._client.get(f"user:{user_id}")
        if raw:
            hit = decode(raw, user_id)
            assert hit
            return hit.user
        user = await load(user_id)
        await self._client.set(f"user:{user_id}", encode(user), ex=60)
        return user

    async def invalidate(self, user_id: int) -> None:
        await self._client.delete(f"user:{user_id}")


class Read:
    """A read that stands still once it has its row."""

    def __init__(self, machine: "Machine", copy: Cache | Naive) -> None:
        self.machine = machine
        self.expected = machine.finished  # the version that it must not go behind
        self.arrived, self.gate = asyncio.Event(), asyncio.Event()
        self.task = asyncio.get_running_loop().create_task(self._run(copy))

    async def _run(self, copy: Cache | Naive) -> None:
        user = await copy.read(self.machine.user, self._load)
        assert user
        assert user.version >= self.expected, FOUND

    async def _load(self, user_id: int) -> User:
        version = await self.machine.pool.fetchval(
            "SELECT version FROM race WHERE id = $1", user_id
        )
        self.arrived.set()
        await self.gate.wait()
        return User(id=user_id, username="ada", email="ada@example.com", version=version)

    async def until_still(self) -> None:
        """Wait until it has its row or its answer, or somebody else's lease is in its way."""
        arrived = asyncio.ensure_future(self.arrived.wait())
        either = [self.task, arrived]
        patience = self.machine.patience
        await asyncio.wait(either, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        arrived.cancel()


class Machine(RuleBasedStateMachine):
    """One user, two copies of a service, and everything that can be under way at a time.

    What it may do next depends on what it has done, and never on how fast the servers were:
    otherwise Hypothesis could not repeat it.
    """

    loop: ClassVar[asyncio.AbstractEventLoop]
    pool: ClassVar[Any]
    valkey: ClassVar[Any]
    copies: ClassVar[list[Any]]
    patience: ClassVar[float]  # seconds after which a read must be waiting for a lease
    users = itertools.count(1)

    def __init__(self) -> None:
        super().__init__()
        self.user, self.finished = next(self.users), 1
        self.reads: list[Read] = []
        self.released: list[Read] = []
        self.changes: list[int] = []
        self.run(self.pool.execute("INSERT INTO race VALUES ($1, 1)", self.user))

    def run(self, what: Awaitable[Any]) -> Any:
        return self.loop.run_until_complete(asyncio.wait_for(what, 20))

    @rule(copy=st.integers(0, 1))
    def a_read_starts(self, copy: int) -> None:
        async def start() -> None:
            self.reads.append(Read(self, self.copies[copy]))
            await self.reads[-1].until_still()

        self.run(start())

    @precondition(lambda self: self.reads)
    @rule(number=st.integers(0, 20))
    def a_read_goes_on(self, number: int) -> None:
        one = self.reads.pop(number % len(self.reads))
        self.released.append(one)

        async def go_on() -> None:
            one.gate.set()
            await asyncio.wait([one.task], timeout=self.patience)

        self.run(go_on())
        if one.task.done():  # otherwise it waits for somebody's lease
            one.task.result()

    @rule()
    def a_change_commits(self) -> None:
        sql = "UPDATE race SET version = version + 1 WHERE id = $1 RETURNING version"
        self.changes.append(self.run(self.pool.fetchval(sql, self.user)))

    @precondition(lambda self: self.changes)
    @rule(number=st.integers(0, 20), copy=st.integers(0, 1))
    def a_change_finishes(self, number: int, copy: int) -> None:
        version = self.changes.pop(number % len(self.changes))
        self.run(self.copies[copy].invalidate(self.user))
        self.finished = max(self.finished, version)

    @rule()
    def the_key_expires(self) -> None:
        self.run(self.valkey.delete(f"user:{self.user}"))

    def teardown(self) -> None:
        async def finish() -> None:
            for one in self.reads:
                one.gate.set()
            await asyncio.gather(*(one.task for one in self.reads + self.released))
            last = Read(self, self.copies[0])
            last.gate.set()
            await last.task

        self.run(finish())


EXAMPLES = settings(
    max_examples=60,
    stateful_step_count=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def search(addresses: Addresses, *, naive: bool) -> None:
    """Run the machine; it raises when Hypothesis has found the race."""
    urls = {"database_url": addresses.database_url, "redis_url": addresses.redis_url}
    given = Settings.model_validate(urls | {"cache_timeout": 10})

    async def setting_up() -> tuple[Any, ...]:
        pool = await asyncpg.create_pool(addresses.database_url, min_size=2)
        await pool.execute("CREATE TABLE race (id bigint, version bigint)")
        opened = [open_cache(given) for _ in range(2)]
        copies = [await one.__aenter__() for one in opened]
        return pool, Redis.from_url(addresses.redis_url), opened, copies

    async def closing() -> None:
        for one in opened:
            await one.__aexit__(None, None, None)
        await valkey.aclose()
        await pool.close()

    with asyncio.Runner() as runner:
        pool, valkey, opened, copies = runner.run(setting_up())
        state = {"loop": runner.get_loop(), "pool": pool, "valkey": valkey}
        state["patience"] = 15 if naive else 0.04
        used = [Naive(valkey), Naive(valkey)] if naive else copies
        machine = type("Search", (Machine,), state | {"copies": used, "TestCase": None})
        try:
            run_state_machine_as_test(machine, settings=EXAMPLES)
        finally:
            runner.run(closing())


def test_the_naive_way_is_seen_to_fail(addresses: Addresses) -> None:
    with pytest.raises(AssertionError, match=FOUND):
        search(addresses, naive=True)


def test_a_lease_holds(addresses: Addresses) -> None:
    search(addresses, naive=False)
