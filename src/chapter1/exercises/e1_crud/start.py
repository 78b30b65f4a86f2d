"""Exercise 1: a users API in memory.

Write the five endpoints, so that every criterion on the page "Exercises" holds. Look for TODO.
You may add variables and functions, and change the parameters of the endpoints.

Check it with: make exercise N=1
"""

from fastapi import FastAPI
from pydantic import BaseModel


class NewUser(BaseModel):
    username: str
    email: str
    bio: str | None = None


class User(NewUser):
    id: int


app = FastAPI()
users: dict[int, User] = {}

# TODO: where do ids come from?


@app.get("/users")
async def list_users(limit: int = 20) -> list[User]:
    # TODO: the first `limit` users in the order of their ids; 1 to 100, anything else is 422
    raise NotImplementedError("list_users")


@app.post("/users")
async def create_user(new: NewUser) -> User:
    # TODO: give the user an id, keep it, answer 201
    raise NotImplementedError("create_user")


@app.get("/users/{user_id}")
async def read_user(user_id: int) -> User:
    # TODO: answer the user, or 404
    raise NotImplementedError("read_user")


@app.put("/users/{user_id}")
async def replace_user(user_id: int, new: NewUser) -> User:
    # TODO: put the new user in the place of the old one, or answer 404
    raise NotImplementedError("replace_user")


@app.delete("/users/{user_id}")
async def delete_user(user_id: int) -> None:
    # TODO: delete the user and answer 204, or 404
    raise NotImplementedError("delete_user")
