"""A service as it is usually written first: what each defect is reproduced on.

It has the design of the book's first draft, in our own words: clients with their defaults, a
cache filled by whoever has read, tables made at the start.
"""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import asyncpg
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, EmailStr
from redis.asyncio import Redis
from starlette.types import ASGIApp

TABLE = """
CREATE TABLE IF NOT EXISTS users (id SERIAL PRIMARY KEY,
    username VARCHAR(50) UNIQUE NOT NULL, email VARCHAR(100) UNIQUE NOT NULL)
"""
ADD = "INSERT INTO users (username, email) VALUES ($1, $2) RETURNING id, username, email"
FIND = "SELECT id, username, email FROM users WHERE id = $1"


class NewUser(BaseModel):
    username: str
    email: EmailStr


class User(NewUser):
    id: int
    email: str


def create_draft(database_url: str, redis_url: str) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with (
            asyncpg.create_pool(database_url, min_size=1, max_size=20) as app.state.pool,
            Redis.from_url(redis_url, decode_responses=True) as app.state.cache,
        ):
            await app.state.pool.execute(TABLE)
            yield

    app = FastAPI(lifespan=lifespan)

    @app.get("/users/{user_id}", response_model=User)
    async def read(user_id: int) -> object:
        key = f"user:{user_id}"
        if known := await app.state.cache.get(key):
            return json.loads(known)
        async with app.state.pool.acquire() as connection:
            row = await connection.fetchrow(FIND, user_id)
        if row is None:
            raise HTTPException(404, "no such user")
        await app.state.cache.set(key, json.dumps(dict(row)), ex=300)
        return dict(row)

    @app.post("/users", response_model=User, status_code=201)
    async def create(new: NewUser) -> object:
        async with app.state.pool.acquire() as connection:
            try:
                return dict(await connection.fetchrow(ADD, new.username, new.email))
            except asyncpg.UniqueViolationError as error:
                raise HTTPException(400, "taken") from error

    @app.delete("/users/{user_id}", status_code=204)
    async def delete(user_id: int) -> None:
        async with app.state.pool.acquire() as connection:
            done = await connection.execute("DELETE FROM users WHERE id = $1", user_id)
        if done == "DELETE 0":
            raise HTTPException(404, "no such user")
        await app.state.cache.delete(f"user:{user_id}")

    return app


@asynccontextmanager
async def in_process(database_url: str, redis_url: str) -> AsyncIterator[ASGIApp]:
    app = create_draft(database_url, redis_url)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        yield app
