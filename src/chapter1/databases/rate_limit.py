"""Three requests in a window pass, the fourth does not."""

import asyncio
import os

import redis.asyncio
from redis.asyncio import Redis


# --8<-- [start:window]
async def allowed(cache: Redis, user: str, limit: int = 3) -> bool:
    key = f"rate:{user}"
    async with cache.pipeline(transaction=True) as pipe:
        pipe.set(key, 0, ex=60, nx=True)  # (1)!
        pipe.incr(key)
        _, count = await pipe.execute()
    return int(count) <= limit


async def main() -> None:
    cache = redis.asyncio.from_url(os.environ["REDIS_URL"])
    print([await allowed(cache, "ada") for _ in range(5)])
    #> [True, True, True, False, False]
    print(0 < await cache.ttl("rate:ada") <= 60)
    #> True
    # --8<-- [end:window]
    await cache.aclose()


if __name__ == "__main__":
    asyncio.run(main())
