"""Sets a timeout, and does not catch it.

Feedback: A timeout is an exception, and an exception is a 500.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel


class User(BaseModel):
    id: int
    username: str


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    url = os.environ["DATABASE_URL"]
    async with asyncpg.create_pool(url, min_size=1, max_size=5) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/users/{user_id}")
async def read_user(user_id: int, request: Request) -> User:
    async with request.app.state.pool.acquire(timeout=0.5) as connection:
        row = await connection.fetchrow("SELECT id, username FROM users WHERE id = $1", user_id)
    if row is None:
        raise HTTPException(404, "no such user")
    return User(**row)
