"""A client that gives up and asks again makes the same user twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import uvicorn
from fastapi import FastAPI

app = FastAPI()


@asynccontextmanager
async def served() -> AsyncIterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    host, port = server.servers[0].sockets[0].getsockname()
    yield f"http://{host}:{port}"
    server.should_exit = True
    await running


# --8<-- [start:slow]
users: list[str] = []
line_is_free = asyncio.Event()


@app.post("/users", status_code=201)
async def create(user: dict[str, str]) -> dict[str, int]:
    users.append(user["name"])
    await line_is_free.wait()  # (1)!
    return {"id": len(users)}


async def main() -> None:
    ada = {"name": "ada"}
    async with (
        served() as address,  # (2)!
        httpx.AsyncClient(base_url=address) as client,
    ):
        try:
            await client.post("/users", json=ada, timeout=1)  # (3)!
        except httpx.ReadTimeout:
            print("no answer within a second")
            #> no answer within a second
        # --8<-- [end:slow]

        # --8<-- [start:again]
        line_is_free.set()
        answer = await client.post("/users", json=ada)
        print(answer.status_code, answer.json())
        #> 201 {'id': 2}
        print(users)
        #> ['ada', 'ada']
        # --8<-- [end:again]


if __name__ == "__main__":
    asyncio.run(main())
