"""What is asked of Valkey or Redis: each question with a time limit, none while it is away.

Once the store does not answer, nobody else waits for it: every call fails at once, and one task
asks again until it answers. The same task makes up for the deletions that were lost.
"""

import asyncio
import logging
import time
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError

from user_service.batch import Batch, Command
from user_service.entries import LEASE, SETTLE
from user_service.settings import Settings

FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0  # seconds between two attempts of the repair
logger = logging.getLogger("user_service.store")


class StoreAway(Exception):
    """Valkey does not answer, or what it holds under this key may be out of date."""


class Store:
    """Valkey or Redis, as a place for entries that may be lost.

    Its methods raise `StoreAway` when there is no answer, and redis-py's `ResponseError` when the
    answer is a refusal: the store is full, for example.

    Args:
        client: the connections.
        settings: how long a question may take, and how long an entry lives.
    """

    def __init__(self, client: Redis, settings: Settings) -> None:
        self._client, self._timeout = client, settings.cache_timeout
        self._life = settings.cache_ttl + settings.lease_ttl
        self._batch = Batch(self._exchange)
        self._repair: asyncio.Task[None] | None = None
        self._leasing: set[str] = set()
        self.away = False  # if it is, nothing is asked until the repair has had an answer
        self.owed: dict[str, float] = {}  # deletions that did not arrive; until when they matter

    async def get(self, key: str) -> bytes | None:
        """Read a key; what is no string counts as nothing."""
        if key in self.owed:
            raise StoreAway("a deletion is on its way")
        return await self._batch.get(key)

    async def lease(self, key: str, note: bytes, seconds: int) -> bytes | None:
        """Leave a note where there is nothing, for some seconds, or return what is there.

        Of those in this process who want to at the same time, one asks for all.
        """
        if key in self._leasing:
            return LEASE
        self._leasing.add(key)
        try:
            there: bytes | None = await self.ask(
                "SET", key, note, "NX", "GET", "EX", seconds, key=key, get=True
            )
        except ResponseError as error:
            if not str(error).startswith("WRONGTYPE"):
                raise
            await self.forget(key)
            there = LEASE  # for one more look
        finally:
            self._leasing.discard(key)
        return there

    async def settle(self, key: str, note: bytes, entry: bytes, seconds: int) -> None:
        """Put an entry in the place of a note, if that is still there; an empty one removes it."""
        await self.ask("EVAL", SETTLE, 1, key, note, entry, seconds, key=key)

    async def forget(self, key: str, tombstone: bytes = b"", seconds: int = 1) -> None:
        """Delete a key, or put a tombstone in its place; what fails is made up for later."""
        command = ("SET", key, tombstone, "EX", seconds) if tombstone else ("DEL", key)
        try:
            await self.ask(*command)
        except (StoreAway, ResponseError):
            self.owe(key)
            raise

    async def ask(self, *command: Any, key: str = "", **options: Any) -> Any:  # noqa: ANN401
        """Send a command; if no answer comes, what it may leave under `key` is deleted later."""
        if self.away:
            raise StoreAway("it has not come back yet")
        try:
            return await self._batch.run(*command, **options)
        except StoreAway:
            if key:
                self.owe(key)
            raise

    async def _exchange(self, commands: list[Command]) -> list[Any]:
        if self.away:
            raise StoreAway("it has not come back yet")
        pipeline: Any = self._client.pipeline(transaction=False)  # redis-py gives it no types
        for words, options in commands:
            pipeline.execute_command(*words, **options)
        try:
            async with asyncio.timeout(self._timeout):
                answers: list[Any] = await pipeline.execute(raise_on_error=False)
        except (RedisError, OSError) as error:
            logger.warning("the cache is passed over: %s", type(error).__name__)
            self.away = True
            self._start_repair()
            raise StoreAway(type(error).__name__) from error
        return answers

    def owe(self, key: str) -> None:
        """Delete a key later, and do not read it before."""
        self.owed[key] = time.monotonic() + self._life
        self._start_repair()

    async def close(self) -> None:
        """Stop repairing."""
        while self._repair and not self._repair.done():
            self._repair.cancel()  # again if need be: redis-py may swallow one
            await asyncio.wait([self._repair], timeout=0.1)

    def _start_repair(self) -> None:
        if self._repair is None or self._repair.done():
            self._repair = asyncio.create_task(self._mend())

    # --8<-- [start:mend]
    async def _mend(self) -> None:
        pause = FIRST_PAUSE
        while self.away or self.owed:
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
            owed = dict(self.owed)
            try:
                async with asyncio.timeout(self._timeout):
                    await self._client.delete(*owed) if owed else await self._client.ping()
                self.away, paid = False, owed
            except (RedisError, OSError) as error:
                self.away = not isinstance(error, ResponseError)  # that is an answer
                now = time.monotonic()
                paid = {key: until for key, until in owed.items() if until < now}
            for key, until in paid.items():
                if self.owed.get(key) == until:  # it may be owed anew
                    del self.owed[key]

    # --8<-- [end:mend]
