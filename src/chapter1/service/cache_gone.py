"""Without its cache the service answers as before, and says so on /readyz."""

import asyncio
import logging

import httpx
from starlette.types import ASGIApp

from user_service.app import in_process
from user_service.settings import from_environment

logging.getLogger("user_service").setLevel(logging.CRITICAL)


def client_of(app: ASGIApp) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service")


# --8<-- [start:gone]
ADA = {"username": "ada", "email": "ada@example.com"}
NOBODY_THERE = from_environment(redis_url="redis://127.0.0.1:1/0")


async def main() -> None:
    async with in_process(NOBODY_THERE) as app, client_of(app) as client:
        answers = [
            await client.post("/users", json=ADA),
            await client.get("/users/1"),
            await client.get("/readyz"),
        ]
    print([answer.status_code for answer in answers])
    #> [201, 200, 200]
    print(answers[1].json()["username"], answers[2].json())
    #> ada {'status': 'ready', 'database': 'up', 'cache': 'down'}
    # --8<-- [end:gone]


if __name__ == "__main__":
    asyncio.run(main())
