"""Forgets the copy after a PATCH, and not after a DELETE.

Feedback: A deleted row can live on in the cache.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import asyncpg
from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel
from redis.asyncio import Redis
from redis.exceptions import RedisError


class User(BaseModel):
    id: int
    username: str
    email: str


class UserPatch(BaseModel):
    email: str


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with (
        asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=1, max_size=5) as pool,
        Redis.from_url(os.environ["REDIS_URL"], decode_responses=True) as cache,
    ):
        app.state.pool = pool
        app.state.cache = cache
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/users/{user_id}")
async def read_user(user_id: int, request: Request) -> User:
    cache, key = request.app.state.cache, f"user:{user_id}"
    with suppress(RedisError):
        if copy := await cache.get(key):
            return User.model_validate_json(copy)
    row = await request.app.state.pool.fetchrow("SELECT * FROM users WHERE id = $1", user_id)
    if row is None:
        raise HTTPException(404, "no such user")
    user = User(**row)
    with suppress(RedisError):
        await cache.set(key, user.model_dump_json(), ex=300)
    return user


@app.patch("/users/{user_id}")
async def patch_user(user_id: int, patch: UserPatch, request: Request) -> User:
    row = await request.app.state.pool.fetchrow(
        "UPDATE users SET email = $2 WHERE id = $1 RETURNING *", user_id, patch.email
    )
    await forget(user_id, request)
    if row is None:
        raise HTTPException(404, "no such user")
    return User(**row)


@app.delete("/users/{user_id}", status_code=204)
async def delete_user(user_id: int, request: Request) -> None:
    status = await request.app.state.pool.execute("DELETE FROM users WHERE id = $1", user_id)
    if status == "DELETE 0":
        raise HTTPException(404, "no such user")


async def forget(user_id: int, request: Request) -> None:
    with suppress(RedisError):
        await request.app.state.cache.delete(f"user:{user_id}")
