"""The service inside the test's process, on a fresh database and an empty keyspace."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx
import pytest
import redis
from tests.user_service.support import ADA, Proxy, Serve, Statements

from local_servers import Addresses, scratch
from user_service.app import in_process
from user_service.database import Database
from user_service.settings import Settings


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def shared(servers: Addresses) -> Iterator[Addresses]:
    """A database and a keyspace that many tests use in turn: new ones for each take longer."""
    with scratch(servers) as fresh:
        yield fresh


@pytest.fixture
def emptied(shared: Addresses) -> Addresses:
    asyncio.run(empty(shared))
    return shared


async def empty(addresses: Addresses) -> None:
    connection = await asyncpg.connect(addresses.database_url)
    if await connection.fetchval("SELECT to_regclass('users')"):
        await connection.execute("TRUNCATE users, idempotency_keys RESTART IDENTITY")
    await connection.close()
    async with redis.asyncio.Redis.from_url(addresses.redis_url) as client:
        await client.flushdb()


@pytest.fixture
def addresses(servers: Addresses) -> Iterator[Addresses]:
    with scratch(servers) as fresh:
        yield fresh


@pytest.fixture
def serve(addresses: Addresses) -> Serve:
    """Open a client of a service with the settings given; the others are patient ones."""

    @asynccontextmanager
    async def serving(**given: Any) -> AsyncIterator[httpx.AsyncClient]:
        settings = {
            "database_url": addresses.database_url,
            "redis_url": addresses.redis_url,
            "acquire_timeout": 10,
            "command_timeout": 10,
            "cache_timeout": 10,
        } | given
        async with in_process(Settings.model_validate(settings)) as app:
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
                yield client

    return serving


@pytest.fixture
async def client(serve: Serve) -> AsyncIterator[httpx.AsyncClient]:
    async with serve() as opened:
        yield opened


@pytest.fixture
async def ada(client: httpx.AsyncClient) -> str:
    """The address of a user who is in the database, and not in the cache."""
    answer = await client.post("/users", json=ADA)
    return answer.headers["location"]


@pytest.fixture
def valkey(addresses: Addresses) -> Iterator[Any]:
    with redis.Redis.from_url(addresses.redis_url) as connection:
        yield connection


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Statements:
    """Every SQL statement the service sends, with a gate behind it that a test may close."""
    seen = Statements(Database.fetch)
    monkeypatch.setattr(Database, "fetch", seen.as_method())
    return seen


@pytest.fixture
async def proxy(addresses: Addresses) -> AsyncIterator[Proxy]:
    """A way to PostgreSQL that a test may cut or freeze."""
    async with Proxy(addresses.database_url) as opened:
        yield opened
