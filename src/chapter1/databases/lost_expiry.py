"""A plain SET takes the old expiry away; KEEPTTL keeps it."""

import asyncio
import os

import redis.asyncio


async def main() -> None:
    cache = redis.asyncio.from_url(os.environ["REDIS_URL"], decode_responses=True)
    # --8<-- [start:expiry]
    await cache.set("session:abc", "ada", ex=3600)  # (1)!
    print(3590 < await cache.ttl("session:abc") <= 3600)
    #> True
    await cache.set("session:abc", "ada, admin")
    print(await cache.ttl("session:abc"))  # (2)!
    #> -1
    # --8<-- [end:expiry]

    # --8<-- [start:kept]
    await cache.set("session:abc", "ada", ex=3600)
    await cache.set("session:abc", "ada, admin", keepttl=True)
    print(await cache.ttl("session:abc") > 3590)
    #> True
    await cache.set("code:ada", "4711", px=20)  # (1)!
    await asyncio.sleep(0.1)
    print(await cache.get("code:ada"), await cache.ttl("code:ada"))
    #> None -2
    # --8<-- [end:kept]
    await cache.aclose()


if __name__ == "__main__":
    asyncio.run(main())
