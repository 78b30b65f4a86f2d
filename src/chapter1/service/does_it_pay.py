"""Next door, a cache read takes about as long as the lookup it saves."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from statistics import median

import asyncpg
from redis.asyncio import Redis


async def seconds(question: Callable[[], Awaitable[object]]) -> float:
    taken = []
    for _ in range(101):
        start = time.perf_counter()
        await question()
        taken.append(time.perf_counter() - start)
    return median(taken)


async def main() -> None:
    database = await asyncpg.connect(os.environ["DATABASE_URL"])
    cache = Redis.from_url(os.environ["REDIS_URL"])
    await database.execute("CREATE TABLE users (id bigint PRIMARY KEY, name text)")
    await database.execute("INSERT INTO users SELECT n, 'ada' FROM generate_series(1, 9999) n")
    await cache.set("user:7", "ada")
    # --8<-- [start:pay]
    lookup = "SELECT name FROM users WHERE id = 7"
    report = "SELECT pg_sleep(0.02)"  # (1)!
    hit = await seconds(lambda: cache.get("user:7"))  # (2)!
    quick = await seconds(lambda: database.fetchval(lookup))
    slow = await seconds(lambda: database.fetchval(report))
    print(quick / hit < 5, slow / hit > 5)
    #> True True
    # --8<-- [end:pay]
    await database.close()
    await cache.aclose()


if __name__ == "__main__":
    asyncio.run(main())
