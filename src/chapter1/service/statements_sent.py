"""Of five requests to the User Service, two reach PostgreSQL."""

import asyncio
from unittest.mock import patch

import asyncpg
import httpx
from starlette.types import ASGIApp

from user_service.app import in_process
from user_service.database import Database

sent: list[str] = []
fetch = Database.fetch


async def noted(database: Database, sql: str, *values: object) -> list[asyncpg.Record]:
    sent.append(sql.split(maxsplit=1)[0])
    return await fetch(database, sql, *values)


def client_of(app: ASGIApp) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service")


# --8<-- [start:way]
ADA = {"username": "  ada ", "email": "ada@example.com"}
BLANK = {"username": "      ", "email": "eve@example.com"}


async def main() -> None:
    with patch.object(Database, "fetch", noted):  # (1)!
        async with in_process() as app, client_of(app) as client:  # (2)!
            answers = [
                await client.post("/users", json=ADA),
                await client.post("/users", json=BLANK),
                await client.get("/users/1"),
                await client.get("/users/1"),
                await client.get("/users/9007199254740992"),
            ]
    print([answer.status_code for answer in answers])
    #> [201, 422, 200, 200, 422]
    print(sent)
    #> ['INSERT', 'SELECT']
    print(answers[0].headers["location"], answers[0].json())
    #> /users/1 {'id': 1, 'username': 'ada', 'email': 'ada@example.com'}
    # --8<-- [end:way]


if __name__ == "__main__":
    asyncio.run(main())
