"""redis-py warns of setex and of close on an asynchronous client."""

import asyncio
import os
import warnings

import redis.asyncio


async def main() -> None:
    cache = redis.asyncio.from_url(os.environ["REDIS_URL"])
    # --8<-- [start:warned]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        await cache.setex("session:abc", 3600, "ada")
        await cache.close()
    setex, close = [str(warning.message) for warning in caught]
    print(setex)
    #> Call to deprecated setex. (Use 'set' instead.) -- Deprecated since version 2.6.12.
    print(close)
    #> Call to deprecated close. (Use aclose() instead) -- Deprecated since version 5.0.1.
    # --8<-- [end:warned]


if __name__ == "__main__":
    asyncio.run(main())
