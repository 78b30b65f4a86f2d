"""Wrong: PUT keeps what it is not sent."""

from itertools import count
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel


class NewUser(BaseModel):
    username: str
    email: str
    nickname: str | None = None


class User(NewUser):
    id: int


app = FastAPI()
users: dict[int, User] = {}
ids = count(1)


def find(user_id: int) -> User:
    if user_id not in users:
        raise HTTPException(404, "no such user")
    return users[user_id]


@app.post("/users", status_code=201)
async def create_user(new: NewUser) -> User:
    user = User(id=next(ids), **new.model_dump())
    users[user.id] = user
    return user


@app.get("/users")
async def list_users(limit: Annotated[int, Query(ge=1, le=100)] = 10) -> list[User]:
    return list(users.values())[:limit]


@app.get("/users/{user_id}")
async def get_user(user_id: int) -> User:
    return find(user_id)


@app.put("/users/{user_id}")
async def replace_user(user_id: int, new: NewUser) -> User:
    find(user_id)
    users[user_id] = users[user_id].model_copy(update=new.model_dump(exclude_unset=True))
    return users[user_id]


@app.delete("/users/{user_id}", status_code=204)
async def delete_user(user_id: int) -> None:
    find(user_id)
    del users[user_id]
