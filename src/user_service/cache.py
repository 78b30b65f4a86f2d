"""Users beside the database: read through, forgotten on change, filled by a lease's holder only.

One key belongs to a user. It holds the entry, or, while somebody loads it, a lease: a note with
that reader's token. A fill replaces the reader's own note and nothing else. Whoever changes a
user deletes the key, entry or note, so a reader that holds an older row cannot fill any more.
The idea is that of "Scaling Memcache at Facebook" (Nishtala and others, NSDI 2013, section 3.2.1).
A cache that fails is a cache that misses. If a change cannot reach it, what it holds is out of
date until it expires.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError

from user_service.entries import Hit, decode, encode
from user_service.models import User
from user_service.settings import Settings

Load = Callable[[int], Awaitable[User | None]]
FAILED = (RedisError, OSError)
LEASE = "lease:"
FIRST_PAUSE, LONGEST_PAUSE = 0.005, 0.1  # seconds between two looks at a leased key
logger = logging.getLogger("user_service.cache")
# --8<-- [start:settle]
SETTLE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == '' then return redis.call('DEL', KEYS[1]) end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
return 1
"""
# --8<-- [end:settle]


class Cache:
    """Valkey or Redis, as a cache of users.

    Args:
        client: the connections.
        settings: how long entries and leases live.
    """

    def __init__(self, client: Redis, settings: Settings) -> None:
        self._client, self._settings = client, settings
        self._settle_script = client.register_script(SETTLE)

    # --8<-- [start:read]
    async def read(self, user_id: int, load: Load) -> User | None:
        """Return a user from the cache, or else from `load`, cached.

        Args:
            user_id: whose entry to look for.
            load: asks the database, given the id.

        Raises:
            Exception: whatever `load` raises; the cache itself never fails.
        """
        found = None
        try:
            found = await self._hit_or_lease(user_id)
        except FAILED as error:
            logger.warning("the cache is passed over: %s", error)
        if isinstance(found, Hit):
            return found.user
        entry = b""
        try:
            user = await load(user_id)
            entry = encode(user)
        finally:
            if found:
                await self._settle(user_id, found, entry)
        return user

    # --8<-- [end:read]

    # --8<-- [start:invalidate]
    async def invalidate(self, user_id: int) -> None:
        """Forget a user, and with it the lease of anyone who is loading it.

        Args:
            user_id: who has changed.
        """
        try:
            await self._client.delete(f"user:{user_id}")
        except FAILED as error:
            logger.warning("user %s may be out of date: %s", user_id, error)

    # --8<-- [end:invalidate]

    async def ping(self) -> None:
        """Ask whether the cache answers.

        Raises:
            redis.exceptions.RedisError: it does not.
        """
        await self._client.ping()

    # --8<-- [start:lease]
    async def _hit_or_lease(self, user_id: int) -> Hit | str | None:
        key, note = f"user:{user_id}", LEASE + secrets.token_hex(8)
        pause, ttl = FIRST_PAUSE, self._settings.lease_ttl
        give_up = time.monotonic() + ttl
        while time.monotonic() < give_up:
            if hit := await self._entry(user_id):
                return hit
            if await self._client.set(key, note, nx=True, ex=ttl):
                return note
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        return None

    # --8<-- [end:lease]

    async def _entry(self, user_id: int) -> Hit | None:
        """Read an entry; a broken one is dropped, and counts as none, as a lease does."""
        try:
            raw: Any = await self._client.get(f"user:{user_id}")
            if raw is None or raw.startswith(LEASE.encode()):
                return None
            return decode(raw, user_id)
        except (ResponseError, ValueError) as error:
            logger.warning("user %s: %s, dropped", user_id, type(error).__name__)
        await self._client.delete(f"user:{user_id}")
        return None

    # --8<-- [start:fill]
    async def _settle(self, user_id: int, note: str, entry: bytes) -> None:
        absent = entry in {b"", b"null"}
        ttl = self._settings.absent_ttl if absent else self._settings.cache_ttl
        ttl += secrets.randbelow(ttl // 5 + 1) - ttl // 10  # not all at once
        key = f"user:{user_id}"
        try:
            await self._settle_script([key], [note, entry, max(ttl, 1)])
        except FAILED as error:
            logger.warning("user %s is not cached: %s", user_id, error)

    # --8<-- [end:fill]
