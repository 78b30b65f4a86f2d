"""An id that is given to a second user turns a repeated DELETE against that user."""

import asyncio

import httpx
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class NewUser(BaseModel):
    username: str


# --8<-- [start:greatest]
users: dict[int, str] = {}


@app.post("/users", status_code=201)
async def add_user(new: NewUser) -> int:
    user_id = max(users, default=0) + 1
    users[user_id] = new.username
    return user_id


async def main() -> None:
    async with connect() as client:  # (1)!
        for name in ("ada", "grace", "charles"):
            await client.post("/users", json={"username": name})
        await client.delete("/users/3")  # (2)!
        dorothy = await client.post("/users", json={"username": "dorothy"})
        retry = await client.delete("/users/3")  # (3)!
        print(dorothy.status_code, retry.status_code, users)
        #> 201 204 {1: 'ada', 2: 'grace'}
        # --8<-- [end:greatest]

        # --8<-- [start:counted]
        users.update({1: "ada", 2: "grace", 3: "charles"})
        del users[1]
        users[len(users) + 1] = "dorothy"  # (1)!
        print(users)
        #> {2: 'grace', 3: 'dorothy'}
        # --8<-- [end:counted]


@app.delete("/users/{user_id}", status_code=204)
async def remove_user(user_id: int) -> None:
    del users[user_id]


def connect() -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service")


if __name__ == "__main__":
    asyncio.run(main())
