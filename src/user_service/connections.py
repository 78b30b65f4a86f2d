"""The connections to PostgreSQL and to the cache: opened at start, closed at the end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from asyncpg import Connection
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from user_service.cache import Cache
from user_service.database import Database
from user_service.settings import Settings
from user_service.store import Store

MAY_BECOME = """
SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1 AND pg_has_role(rolname, 'SET'))
"""


@asynccontextmanager
async def open_database(settings: Settings, at_start: int = 1) -> AsyncIterator[Database]:
    """Open the pool, and close it at the end of an `async with` block.

    Args:
        settings: the address, the role, the size and the time limits.
        at_start: connections to open at once; the others when they are needed.

    Raises:
        OSError: PostgreSQL does not answer.
        asyncpg.PostgresError: it refuses the connection.
    """

    async def become(connection: Connection) -> None:
        role = settings.database_role
        if role and await connection.fetchval(MAY_BECOME, role):
            await connection.execute(f"SET ROLE {role}")

    pool = await asyncpg.create_pool(
        settings.database_url.get_secret_value(),
        init=become,
        reset=_keep,
        min_size=at_start,
        max_size=settings.pool_size,
        timeout=settings.command_timeout,
        command_timeout=settings.command_timeout,
    )
    try:
        yield Database(pool, settings.acquire_timeout)
    finally:
        try:
            async with asyncio.timeout(settings.command_timeout):
                await pool.close()  # waits for connections that are still lent
        except TimeoutError:
            pool.terminate()


async def _keep(_: Connection) -> None:
    """Leave a returned connection as it is, which saves a round trip.

    asyncpg rolls back a transaction that is still open all the same. Apart from that it would
    reset what our statements never set: session variables, cursors, advisory locks.
    """


@asynccontextmanager
async def open_cache(settings: Settings) -> AsyncIterator[Cache]:
    """Open the connections, and close them at the end of an `async with` block.

    None is made before it is needed, so this succeeds while the cache is away.

    Args:
        settings: the address, the size and the time limits.
    """
    client: Redis = _cluster(settings) if settings.redis_cluster else _one_server(settings)
    store = Store(client, settings)
    try:
        yield Cache(store, settings)
    finally:
        await store.close()
        await client.aclose()


def _one_server(settings: Settings) -> Redis:
    pool = BlockingConnectionPool.from_url(
        settings.redis_url.get_secret_value(),
        max_connections=settings.cache_size,
        timeout=settings.cache_timeout,  # for a connection to become free
        socket_timeout=None,  # the store limits each question as a whole
        socket_connect_timeout=None,
        retry=Retry(NoBackoff(), 0),
    )
    return Redis.from_pool(pool)


def _cluster(settings: Settings) -> Any:  # noqa: ANN401 — so that the file can be deleted
    from user_service.cluster import Cluster  # noqa: PLC0415 — only where there is one

    return Cluster(settings)
