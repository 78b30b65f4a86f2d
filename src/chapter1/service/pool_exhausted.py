"""When every connection is taken, a request is told so; cached users are still served."""

import asyncio
import os

import asyncpg
import httpx
from asyncpg import Connection as Session
from httpx import AsyncClient as Client
from starlette.types import ASGIApp

from user_service.app import in_process
from user_service.settings import from_environment

ADA = {"username": "ada", "email": "ada@example.com"}
LOCKED = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


async def statement_waits(session: asyncpg.Connection) -> None:
    while not await session.fetchval(LOCKED):
        await asyncio.sleep(0.01)


def client_of(app: ASGIApp) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service")


# --8<-- [start:exhausted]
async def ask(client: Client, blocker: Session) -> None:
    await client.get("/users/1")
    async with blocker.transaction():
        await blocker.execute("LOCK TABLE users")  # (1)!
        stuck = asyncio.create_task(client.get("/users/2"))
        await statement_waits(blocker)
        refused = await client.get("/users/3")
        print(refused.status_code, refused.headers["retry-after"])
        #> 503 1
        print(refused.json()["detail"])
        #> No database connection was free in time. Nothing was changed.
        print((await client.get("/users/1")).status_code)  # (2)!
        #> 200
    print((await stuck).status_code)  # (3)!
    #> 404
    # --8<-- [end:exhausted]


async def main() -> None:
    blocker = await asyncpg.connect(os.environ["DATABASE_URL"])
    settings = from_environment(
        pool_size=1, acquire_timeout=0.5, command_timeout=20, cache_timeout=10, lease_ttl=20
    )
    async with in_process(settings) as app, client_of(app) as client:
        await client.post("/users", json=ADA)
        await ask(client, blocker)
    await blocker.close()


if __name__ == "__main__":
    asyncio.run(main())
