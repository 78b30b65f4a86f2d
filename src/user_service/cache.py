"""Users beside the database: read through, forgotten on change, filled by a lease's holder only.

One key belongs to a user. It holds the entry, or, while somebody loads it, a lease: a note with
that reader's token. A fill replaces the reader's own note and nothing else. Whoever changes a
user deletes the key, entry or note, so a reader with an older row cannot fill any more ("Scaling
Memcache at Facebook", NSDI 2013, section 3.2.1). A cache that fails is a cache that misses.
"""

import asyncio
import logging
import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable

from redis.exceptions import ResponseError

from user_service.entries import LEASE, NOBODY, Hit, decode, encode
from user_service.models import User
from user_service.settings import Settings
from user_service.store import Store, StoreAway

Load = Callable[[int], Awaitable[User | None]]
FAILED = (StoreAway, ResponseError)
FIRST_PAUSE, LONGEST_PAUSE = 0.005, 0.1  # seconds between two looks at a leased key
logger = logging.getLogger("user_service.cache")


class Cache:
    """Copies of users, in a store that may fail; `outcomes` counts how reads end.

    Args:
        store: where they are kept.
        settings: how long entries and leases live.
    """

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store, self._settings = store, settings
        self.outcomes: Counter[str] = Counter()

    # --8<-- [start:read]
    async def read(self, user_id: int, load: Load) -> User | None:
        """Return a user from the cache, or else from `load`, cached.

        It raises whatever `load` raises; the cache itself never fails.
        """
        found = None
        try:
            found = await self._hit_or_lease(user_id)
        except FAILED:
            self.outcomes["passed over"] += 1
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
    async def invalidate(self, user_id: int, *, gone: bool = False) -> None:
        """Forget a user, and with it the lease of anyone who is loading it.

        If the user is `gone` for certain, a tombstone says so for a while.
        """
        tombstone = NOBODY if gone else b""
        try:
            await self.store.forget(f"user:{user_id}", tombstone, self._settings.absent_ttl)
        except FAILED as error:
            logger.warning("user %s may be out of date: %s", user_id, error)

    # --8<-- [end:invalidate]

    # --8<-- [start:lease]
    async def _hit_or_lease(self, user_id: int) -> Hit | bytes | None:
        key, pause, ttl = f"user:{user_id}", FIRST_PAUSE, self._settings.lease_ttl
        give_up = time.monotonic() + ttl
        while time.monotonic() < give_up:
            if not (raw := await self.store.get(key)):
                note = LEASE + secrets.token_hex(8).encode()
                raw = await self.store.lease(key, note, ttl)
            if raw is None:
                self.outcomes["miss"] += 1
                return note
            try:
                if hit := decode(raw, user_id):
                    self.outcomes["hit"] += 1
                    return hit
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            except ValueError:
                logger.warning("user %s: broken entry, dropped", user_id)
                await self.store.forget(key)
        return None

    # --8<-- [end:lease]

    # --8<-- [start:fill]
    async def _settle(self, user_id: int, note: bytes, entry: bytes) -> None:
        absent = entry in {b"", NOBODY}
        ttl = self._settings.absent_ttl if absent else self._settings.cache_ttl
        ttl -= secrets.randbelow(ttl // 5 + 1)  # not all at once
        try:
            await self.store.settle(f"user:{user_id}", note, entry, ttl)
        except FAILED as error:
            logger.warning("user %s is not cached: %s", user_id, error)

    # --8<-- [end:fill]
