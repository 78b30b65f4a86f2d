"""Fifty readers of one cold key: fifty loads without a lease, one load with it."""

import asyncio

from redis.asyncio import BlockingConnectionPool, Redis

from user_service.connections import open_cache
from user_service.models import User
from user_service.settings import from_environment

ADA = User(id=1, username="ada", email="ada@example.com")
settings = from_environment(cache_timeout=10)
loads = 0


async def load(_: int) -> User | None:
    global loads  # noqa: PLW0603
    loads += 1
    await asyncio.sleep(0.05)  # stands in for the database
    return ADA


# --8<-- [start:stampede]
all_missed = asyncio.Barrier(50)


async def get(client: Redis) -> None:
    if await client.get("cold") is None:
        await all_missed.wait()  # (1)!
        await load(1)
        await client.set("cold", "ada", ex=300)


async def main() -> None:
    pool = BlockingConnectionPool.from_url(settings.redis_url.get_secret_value())
    async with Redis.from_pool(pool) as client:
        await asyncio.gather(*(get(client) for _ in range(50)))
    print(loads)  # (2)!
    #> 50

    async with open_cache(settings) as cache:
        await asyncio.gather(*(cache.read(1, load) for _ in range(50)))
    print(loads - 50)
    #> 1
    # --8<-- [end:stampede]


if __name__ == "__main__":
    asyncio.run(main())
