"""A small users service that works, until somebody deletes a user."""

import asyncio

# --8<-- [start:service]
import httpx
from fastapi import FastAPI

app = FastAPI()  # (1)!
users: dict[int, dict[str, str]] = {}  # (2)!


@app.post("/users", status_code=201)  # (3)!
async def create(user: dict[str, str]) -> dict[str, int]:
    user_id = len(users) + 1
    users[user_id] = user
    return {"id": user_id}


@app.get("/users/{user_id}")
async def read(user_id: int) -> dict[str, str]:
    return users[user_id]


@app.delete("/users/{user_id}", status_code=204)
async def delete(user_id: int) -> None:
    del users[user_id]
    # --8<-- [end:service]


# --8<-- [start:works]
async def sign_up(client: httpx.AsyncClient, name: str) -> int:
    answer = await client.post("/users", json={"name": name})
    return int(answer.json()["id"])


async def main() -> None:
    wire = httpx.ASGITransport(app)  # (1)!
    async with httpx.AsyncClient(transport=wire, base_url="http://app") as client:
        for name in ["ada", "grace", "charles"]:
            await sign_up(client, name)
        answer = await client.get("/users/3")
        print(answer.status_code, answer.json())
        #> 200 {'name': 'charles'}
        # --8<-- [end:works]

        # --8<-- [start:reused]
        await client.delete("/users/1")
        print(await sign_up(client, "dorothy"))
        #> 3
        print((await client.get("/users/3")).json())
        #> {'name': 'dorothy'}
        print(users)
        #> {2: {'name': 'grace'}, 3: {'name': 'dorothy'}}
        # --8<-- [end:reused]


if __name__ == "__main__":
    asyncio.run(main())
