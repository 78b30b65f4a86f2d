"""Takes the number of users for the next id.

Feedback: The number of users is not the next id.
"""

from typing import Annotated

from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel


class NewUser(BaseModel):
    username: str
    email: str
    bio: str | None = None


class User(NewUser):
    id: int


app = FastAPI()
users: dict[int, User] = {}


@app.get("/users")
async def list_users(limit: Annotated[int, Query(ge=1, le=100)] = 20) -> list[User]:
    return [users[user_id] for user_id in sorted(users)][:limit]


@app.post("/users", status_code=201)
async def create_user(new: NewUser) -> User:
    user = User(id=len(users) + 1, **new.model_dump())
    users[user.id] = user
    return user


@app.get("/users/{user_id}")
async def read_user(user_id: int) -> User:
    if user_id not in users:
        raise HTTPException(404, "no such user")
    return users[user_id]


@app.put("/users/{user_id}")
async def replace_user(user_id: int, new: NewUser) -> User:
    await read_user(user_id)
    users[user_id] = User(id=user_id, **new.model_dump())
    return users[user_id]


@app.delete("/users/{user_id}", status_code=204)
async def delete_user(user_id: int) -> None:
    await read_user(user_id)
    del users[user_id]
