"""With a lease, a reader that holds a deleted user cannot write it into the cache."""

import asyncio

from user_service.connections import open_cache
from user_service.models import User
from user_service.settings import from_environment

# --8<-- [start:refused]
ADA = User(id=1, username="ada", email="ada@example.com")
row_in_hand, may_fill = asyncio.Event(), asyncio.Event()


async def load_slowly(_: int) -> User | None:
    row_in_hand.set()
    await may_fill.wait()
    return ADA


async def load_deleted(_: int) -> User | None:
    return None


async def main() -> None:
    async with open_cache(from_environment(cache_timeout=10)) as cache:
        reader = asyncio.create_task(cache.read(1, load_slowly))
        await row_in_hand.wait()
        await cache.invalidate(1)  # (1)!
        may_fill.set()
        print(await reader == ADA)  # (2)!
        #> True
        print(await cache.read(1, load_deleted))
        #> None
        # --8<-- [end:refused]


if __name__ == "__main__":
    asyncio.run(main())
