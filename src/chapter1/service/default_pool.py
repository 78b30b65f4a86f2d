"""redis-py's default pool refuses the hundred and first request at the same time."""

import asyncio
import os
from collections import Counter

import httpx
from fastapi import FastAPI
from redis.asyncio import BlockingConnectionPool, Redis


def client_of(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://service")


ADDRESS = os.environ["REDIS_URL"]


# --8<-- [start:pool]
app = FastAPI()
cache = Redis.from_url(ADDRESS)  # (1)!


@app.get("/users/1")
async def read_user() -> str:
    return str(await app.state.cache.get("user:1"))


async def two_hundred_at_once() -> dict[int, int]:
    async with client_of(app) as client, Redis.from_url(ADDRESS) as admin:
        await admin.client_pause(1000)  # (2)!
        requests = (client.get("/users/1") for _ in range(200))
        answers = await asyncio.gather(*requests)
    return dict(Counter(sorted(answer.status_code for answer in answers)))


async def main() -> None:
    app.state.cache = cache
    print(await two_hundred_at_once())
    #> {200: 100, 500: 100}
    pool = BlockingConnectionPool.from_url(ADDRESS)
    app.state.cache = Redis.from_pool(pool)  # (3)!
    print(await two_hundred_at_once())
    #> {200: 200}
    # --8<-- [end:pool]
    await cache.aclose()
    await app.state.cache.aclose()


if __name__ == "__main__":
    asyncio.run(main())
