"""The server's limits as it comes: none, and a refusal instead of eviction."""

import asyncio
import os

import redis.asyncio


async def main() -> None:
    cache = redis.asyncio.from_url(os.environ["REDIS_URL"], decode_responses=True)
    # --8<-- [start:memory]
    print(await cache.config_get("maxmemory", "maxmemory-policy"))
    #> {'maxmemory': '0', 'maxmemory-policy': 'noeviction'}
    # --8<-- [end:memory]
    await cache.aclose()


if __name__ == "__main__":
    asyncio.run(main())
