"""Create, read, replace and delete users, kept in the memory of one process."""

import asyncio
from itertools import count
from typing import Annotated

import httpx
from fastapi import FastAPI, HTTPException, Query, Response
from pydantic import BaseModel, EmailStr


class NewUser(BaseModel):
    email: EmailStr
    username: str


class User(NewUser):
    id: int


def check_free(email: str, user_id: int | None = None) -> None:
    if any(user.email == email and user.id != user_id for user in users.values()):
        raise HTTPException(409, "this email is taken")


# --8<-- [start:reads]
app = FastAPI()
users: dict[int, User] = {}


def find(user_id: int) -> User:
    if user_id in users:
        return users[user_id]
    raise HTTPException(404, "no such user")  # (1)!


@app.get("/users/{user_id}")
async def read_user(user_id: int) -> User:  # (2)!
    return find(user_id)


@app.get("/users")
async def list_users(
    skip: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,  # (3)!
) -> list[User]:
    return list(users.values())[skip : skip + limit]
    # --8<-- [end:reads]


# --8<-- [start:writes]
ids = count(1)  # (1)!


@app.post("/users", status_code=201)
async def add_user(new: NewUser, response: Response) -> User:
    check_free(new.email)  # (2)!
    user = User(id=next(ids), **new.model_dump())
    users[user.id] = user
    response.headers["Location"] = f"/users/{user.id}"  # (3)!
    return user


@app.put("/users/{user_id}")
async def replace_user(user_id: int, new: NewUser) -> User:
    find(user_id)
    check_free(new.email, user_id)
    users[user_id] = User(id=user_id, **new.model_dump())
    return users[user_id]


@app.delete("/users/{user_id}", status_code=204)
async def remove_user(user_id: int) -> None:
    find(user_id)
    del users[user_id]
    # --8<-- [end:writes]


ADA = {"email": "ada@example.com", "username": "ada"}


# --8<-- [start:answers]
async def main() -> None:
    async with connect() as client:
        made = await client.post("/users", json=ADA)
        print(made.status_code, made.headers["location"])
        #> 201 /users/1
        again = await client.post("/users", json=ADA)
        print(again.status_code, again.json())
        #> 409 {'detail': 'this email is taken'}
        part = await client.put("/users/1", json={"username": "countess"})
        print(part.status_code, part.json()["detail"][0]["loc"])
        #> 422 ['body', 'email']
        await client.put("/users/1", json=ADA | {"username": "countess"})
        print((await client.get("/users?limit=1")).json()[0]["username"])
        #> countess
        none = await client.get("/users?limit=0")
        print(none.status_code, none.json()["detail"][0]["msg"])
        #> 422 Input should be greater than or equal to 1
        gone = await client.delete("/users/1")
        print(gone.status_code, gone.content)
        #> 204 b''
        retry = await client.delete("/users/1")
        print(retry.status_code, retry.json())
        #> 404 {'detail': 'no such user'}
        # --8<-- [end:answers]

        # --8<-- [start:bodies]
        unknown = await client.get("/users/7")
        print(unknown.json())
        #> {'detail': 'no such user'}
        part = await client.post("/users", json={"username": "ada"})
        (problem,) = part.json()["detail"]  # (1)!
        print(problem["type"], problem["loc"], problem["msg"], problem["input"])
        #> missing ['body', 'email'] Field required {'username': 'ada'}
        none = await client.get("/users?limit=0")
        print(none.json()["detail"][0]["ctx"])  # (2)!
        #> {'ge': 1}

        as_json = {"content-type": "application/json"}
        comma = await client.post("/users", content='{"a": 1,}', headers=as_json)
        print(comma.status_code, comma.json()["detail"][0]["type"])
        #> 422 json_invalid

        text = '{"username": "ada", "email": "ada@example.com"}'
        as_text = {"content-type": "text/plain;charset=UTF-8"}  # (3)!
        plain = await client.post("/users", content=text, headers=as_text)
        print(plain.status_code, plain.json()["detail"][0]["type"])
        #> 422 model_attributes_type
        # --8<-- [end:bodies]


def connect() -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service")


if __name__ == "__main__":
    asyncio.run(main())
