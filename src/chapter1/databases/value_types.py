"""Hash, set and sorted set, and several commands in one round trip."""

import asyncio
import os

import redis.asyncio


async def main() -> None:
    cache = redis.asyncio.from_url(os.environ["REDIS_URL"], decode_responses=True)
    # --8<-- [start:types]
    await cache.hset("user:7", mapping={"name": "Ada", "visits": 1})
    await cache.hincrby("user:7", "visits", 1)
    print(await cache.hgetall("user:7"))
    #> {'name': 'Ada', 'visits': '2'}

    print(await cache.sadd("followers:7", "grace", "charles", "grace"))
    #> 2
    print(await cache.sismember("followers:7", "grace"))
    #> 1

    await cache.zadd("scores", {"ada": 92, "grace": 100, "charles": 85})
    print(await cache.zrange("scores", 0, 1, desc=True, withscores=True))
    #> [('grace', 100.0), ('ada', 92.0)]

    async with cache.pipeline(transaction=False) as pipe:
        pipe.get("nothing")
        pipe.hget("user:7", "name")
        pipe.zcard("scores")
        print(await pipe.execute())
        #> [None, 'Ada', 3]
    # --8<-- [end:types]
    await cache.aclose()


if __name__ == "__main__":
    asyncio.run(main())
