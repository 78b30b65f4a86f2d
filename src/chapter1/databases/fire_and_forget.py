"""A message published while nobody listens reaches nobody, ever."""

import asyncio
import os

import redis.asyncio


async def main() -> None:
    cache = redis.asyncio.from_url(os.environ["REDIS_URL"], decode_responses=True)
    # --8<-- [start:published]
    print(await cache.publish("news", "nobody hears this"))  # (1)!
    #> 0
    async with cache.pubsub() as listener:
        await listener.subscribe("news")
        await listener.get_message(timeout=5)  # (2)!
        print(await cache.publish("news", "one hears this"))
        #> 1
        message = await listener.get_message(timeout=5)
        print(message and message["data"])
        #> one hears this
    # --8<-- [end:published]
    await cache.aclose()


if __name__ == "__main__":
    asyncio.run(main())
