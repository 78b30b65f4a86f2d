"""What a fleet opens at PostgreSQL is what the arithmetic says."""

import asyncio
from contextlib import AsyncExitStack

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.user_service.support import Serve

from local_servers import Addresses
from user_service.capacity import MAX_CONNECTIONS, RESERVED, connections, largest_pool

OPEN = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
WAITING = f"{OPEN} AND wait_event_type = 'Lock'"


@given(st.integers(1, 200), st.integers(1, 64), st.integers(0, 5000))
def test_the_largest_pool_fits_and_the_next_one_does_not(
    copies: int, workers: int, allowed: int
) -> None:
    size = largest_pool(copies, workers, allowed)
    assert connections(copies, workers, size, deploying=True) <= allowed
    assert connections(copies, workers, size + 1, deploying=True) > allowed


def test_every_worker_counts_and_a_deployment_counts_twice() -> None:
    assert connections(copies=3, workers=4, pool_size=10) == 120  # the question in 1.3.2
    assert connections(copies=3, workers=4, pool_size=10, deploying=True) == 240


@pytest.mark.anyio
async def test_the_defaults_are_postgresqls(addresses: Addresses) -> None:
    server = await asyncpg.connect(addresses.database_url)
    sql = "SELECT boot_val::int FROM pg_settings WHERE name = $1"
    assert await server.fetchval(sql, "max_connections") == MAX_CONNECTIONS
    assert await server.fetchval(sql, "superuser_reserved_connections") == RESERVED
    await server.close()


@pytest.mark.anyio
async def test_busy_copies_open_so_many_and_no_more(serve: Serve, addresses: Addresses) -> None:
    copies, size = 3, 2
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(serve(pool_size=size)) for _ in range(copies)]
        server, watcher = [await asyncpg.connect(addresses.database_url) for _ in range(2)]
        async with server.transaction():
            await server.execute("LOCK TABLE users")
            lists = [client.get("/users") for client in clients for _ in range(3 * size)]
            tasks = [asyncio.create_task(one) for one in lists]
            while await watcher.fetchval(WAITING) < copies * size:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            opened = await watcher.fetchval(OPEN)
        assert opened - 1 == connections(copies, 1, size)  # the lock's holder is the one
        answers = await asyncio.gather(*tasks)
        assert {answer.status_code for answer in answers} == {200}
        await server.close()
        await watcher.close()
