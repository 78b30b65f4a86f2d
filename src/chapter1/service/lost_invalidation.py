"""A DELETE whose invalidation failed: the retry finds no row, and invalidates nothing."""

import asyncio
import os

import asyncpg
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as CacheAway


async def main() -> None:
    cache = Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)
    away = Redis.from_url("redis://127.0.0.1:1/0", retry=Retry(NoBackoff(), 0))
    database = await asyncpg.connect(os.environ["DATABASE_URL"])
    await database.execute("CREATE TABLE users (id integer)")
    await database.execute("INSERT INTO users VALUES (1), (2)")
    await cache.mset({"user:1": "ada", "user:2": "eve"})

    # --8<-- [start:naive]
    async def delete(user: int, invalidates: Redis) -> int:
        sql = "DELETE FROM users WHERE id = $1"
        if await database.execute(sql, user) == "DELETE 0":
            return 404
        try:
            await invalidates.delete(f"user:{user}")
        except CacheAway:
            return 500
        return 204

    print(await delete(2, cache))
    #> 204
    print(await delete(1, away), await delete(1, cache))  # (1)!
    #> 500 404
    print(await cache.mget("user:1", "user:2"))
    #> ['ada', None]
    # --8<-- [end:naive]
    await database.close()
    await cache.aclose()
    await away.aclose()


if __name__ == "__main__":
    asyncio.run(main())
