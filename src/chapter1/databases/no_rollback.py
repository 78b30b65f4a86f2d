"""When one command between MULTI and EXEC fails, the others stay applied."""

import asyncio
import os

import redis.asyncio


async def main() -> None:
    cache = redis.asyncio.from_url(os.environ["REDIS_URL"], decode_responses=True)
    # --8<-- [start:exec]
    await cache.set("balance:ada", 100)
    await cache.rpush("balance:grace", 50)  # (1)!
    async with cache.pipeline(transaction=True) as transfer:
        transfer.decrby("balance:ada", 30)  # (2)!
        transfer.incrby("balance:grace", 30)
        transfer.incr("transfers")
        taken, refused, counted = await transfer.execute(raise_on_error=False)  # (3)!
    print(refused)
    #> WRONGTYPE Operation against a key holding the wrong kind of value
    print(taken, counted)
    #> 70 1
    print(await cache.get("balance:ada"))
    #> 70
    # --8<-- [end:exec]
    await cache.aclose()


if __name__ == "__main__":
    asyncio.run(main())
