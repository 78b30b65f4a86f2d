"""Cache-aside, as it is usually written, shows a deleted user for the rest of the TTL."""

import asyncio
import os

import asyncpg
from redis.asyncio import Redis

row_in_hand, may_fill = asyncio.Event(), asyncio.Event()


# --8<-- [start:ghost]
async def get(database: asyncpg.Pool, cache: Redis) -> str:
    if cached := await cache.get("user:1"):
        return str(cached)
    name = await database.fetchval("SELECT name FROM users WHERE id = 1")
    row_in_hand.set()
    await may_fill.wait()  # (1)!
    await cache.set("user:1", name, ex=300)
    return str(name)


async def delete(database: asyncpg.Pool, cache: Redis) -> None:
    await database.execute("DELETE FROM users WHERE id = 1")
    await cache.delete("user:1")


async def race(database: asyncpg.Pool, cache: Redis) -> None:
    reader = asyncio.create_task(get(database, cache))
    await row_in_hand.wait()
    await delete(database, cache)
    may_fill.set()
    await reader
    print(await database.fetchval("SELECT count(*) FROM users"))
    #> 0
    print(await get(database, cache))
    #> ada
    # --8<-- [end:ghost]


async def main() -> None:
    cache = Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)
    async with asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=2) as database:
        await database.execute("CREATE TABLE users (id integer, name text)")
        await database.execute("INSERT INTO users VALUES (1, 'ada')")
        await race(database, cache)
    await cache.aclose()


if __name__ == "__main__":
    asyncio.run(main())
