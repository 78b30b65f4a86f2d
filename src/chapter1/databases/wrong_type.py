"""One key name used for two types fails at the second use."""

import asyncio
import os

import redis.asyncio


async def main() -> None:
    cache = redis.asyncio.from_url(os.environ["REDIS_URL"], decode_responses=True)
    # --8<-- [start:one_name]
    await cache.hset("user:7", mapping={"name": "Ada", "city": "London"})
    try:
        await cache.get("user:7")
    except redis.ResponseError as error:
        print(error)
        #> WRONGTYPE Operation against a key holding the wrong kind of value
    await cache.set("user:7", '{"name": "Ada"}')
    print(await cache.type("user:7"))
    #> string
    # --8<-- [end:one_name]
    await cache.aclose()


if __name__ == "__main__":
    asyncio.run(main())
