"""What the service promises while the database is slow, busy or away."""

import asyncio
import time
from contextlib import AsyncExitStack

import asyncpg
import httpx
import pytest
from tests.user_service.support import ADA, Proxy, Serve, wait_for_a_lock

from local_servers import Addresses
from user_service.connections import open_database
from user_service.errors import CannotStart, Unavailable
from user_service.schema import migrations, prepare, version
from user_service.settings import Settings

pytestmark = pytest.mark.anyio


def is_503(answer: httpx.Response, detail: str) -> bool:
    return (
        answer.status_code == 503
        and answer.headers["retry-after"] == "1"
        and answer.headers["content-type"] == "application/problem+json"
        and detail in answer.json()["detail"]
    )


async def test_an_exhausted_pool_is_503_and_no_hang(  # defect 16
    serve: Serve, addresses: Addresses
) -> None:
    blocker = await asyncpg.connect(addresses.database_url)
    async with serve(pool_size=1, acquire_timeout=0.2) as client:
        ada = (await client.post("/users", json=ADA)).headers["location"]
        await client.get(ada)
        async with blocker.transaction():
            await blocker.execute("LOCK TABLE users")
            slow = asyncio.create_task(client.get("/users/2"))
            await wait_for_a_lock(blocker)
            started = time.monotonic()
            assert is_503(await client.get("/users/3"), "Nothing was changed")
            assert is_503(await client.post("/users", json=ADA), "Nothing was changed")
            assert time.monotonic() - started < 5
            assert (await client.get(ada)).status_code == 200  # from the cache
            assert (await client.get("/livez")).status_code == 200
            ready = await client.get("/readyz")
            assert (ready.status_code, ready.json()["database"]) == (200, "down")
        assert (await slow).status_code == 404
    await blocker.close()


async def test_a_statement_that_takes_too_long_is_503(serve: Serve, addresses: Addresses) -> None:
    blocker = await asyncpg.connect(addresses.database_url)
    async with serve(command_timeout=0.3) as client:
        async with blocker.transaction():
            await blocker.execute("LOCK TABLE users")
            answer = await client.post("/users", json=ADA)
            assert is_503(answer, "A change may have been made, or not")
        assert (await client.post("/users", json=ADA)).status_code == 201
    await blocker.close()


async def test_a_database_that_comes_back_is_used_again(serve: Serve, proxy: Proxy) -> None:
    async with serve(database_url=proxy.url) as client:
        ada = (await client.post("/users", json=ADA)).headers["location"]
        await proxy.cut()
        assert is_503(await client.get(ada), "")
        assert is_503(await client.post("/users", json=ADA), "")
        ready = await client.get("/readyz")
        assert (ready.status_code, ready.json()["database"]) == (200, "down")
        await proxy.listen()
        assert (await client.get(ada)).status_code == 200
        assert (await client.get("/readyz")).json()["database"] == "up"


async def test_a_read_whose_connection_breaks_is_sent_again(serve: Serve, proxy: Proxy) -> None:
    async with serve(database_url=proxy.url) as client:
        ada = (await client.post("/users", json=ADA)).headers["location"]
        await client.get("/users/7")  # prepares the statement
        proxy.freeze_answers()
        reader = asyncio.create_task(client.get(ada))
        await proxy.held.wait()
        await proxy.reset()
        proxy.flowing.set()
        assert (await reader).status_code == 200


async def test_a_change_whose_connection_breaks_is_not(serve: Serve, proxy: Proxy) -> None:
    async with serve(database_url=proxy.url) as client:
        ada = (await client.post("/users", json=ADA)).headers["location"]
        await client.patch(ada, json={"username": "eve"})
        proxy.freeze_answers()
        change = asyncio.create_task(client.patch(ada, json={"username": "grace"}))
        await proxy.held.wait()
        await proxy.reset()
        proxy.flowing.set()
        assert is_503(await change, "may have been made, or not")
        answer = await client.get(ada)
        assert (answer.json()["username"], answer.headers["etag"]) == ("grace", '"3"')


async def test_who_is_ended_by_a_deadlock_is_told_that_nothing_was_changed(
    addresses: Addresses,
) -> None:
    raised = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'deadlock_detected'; END $$"
    await prepare(settings(addresses))
    async with open_database(settings(addresses)) as database:
        with pytest.raises(Unavailable, match="Nothing was changed"):
            await database.fetch(raised)


async def test_a_server_process_that_is_killed_is_a_503_and_then_forgotten(
    serve: Serve, addresses: Addresses
) -> None:
    kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    kill += " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    blocker = await asyncpg.connect(addresses.database_url)
    async with serve() as client:
        async with blocker.transaction():
            await blocker.execute("LOCK TABLE users")
            change = asyncio.create_task(client.post("/users", json=ADA))
            await wait_for_a_lock(blocker)
            await blocker.execute(kill)
            assert is_503(await change, "may have been made, or not")
        assert (await client.post("/users", json=ADA)).status_code == 201
    await blocker.close()


async def test_a_frozen_database_is_503_and_lets_the_service_stop(
    serve: Serve, proxy: Proxy
) -> None:
    settings = {"database_url": proxy.url, "command_timeout": 0.3, "acquire_timeout": 0.3}
    async with serve(**settings) as client:
        proxy.flowing.clear()
        started = time.monotonic()
        assert is_503(await client.get("/users/1"), "may have been made, or not")
        assert time.monotonic() - started < 5
    proxy.flowing.set()


async def test_a_lost_reply_to_post_is_told_by_the_retry(serve: Serve, proxy: Proxy) -> None:
    async with serve(database_url=proxy.url, command_timeout=0.5) as client:
        grace = {"username": "grace", "email": "grace@example.com"}
        await client.post("/users", json=grace)  # prepares the statement on the one connection
        proxy.freeze_answers()
        assert is_503(await client.post("/users", json=ADA), "may have been made, or not")
        proxy.flowing.set()
        await proxy.cut()
        await proxy.listen()
        assert (await client.post("/users", json=ADA)).status_code == 409


async def test_the_service_waits_for_a_database_that_starts_later(  # defect 14
    serve: Serve, proxy: Proxy
) -> None:
    await proxy.cut()

    async def start() -> None:
        await asyncio.sleep(0.4)
        await proxy.listen()

    late = asyncio.create_task(start())
    async with serve(database_url=proxy.url) as client:
        assert (await client.get("/users")).status_code == 200
    await late


async def test_a_connection_that_is_never_returned_delays_the_end_only_so_long(
    addresses: Addresses,
) -> None:
    async with AsyncExitStack() as careless:
        async with open_database(settings(addresses, command_timeout=0.2)) as database:
            await careless.enter_async_context(database.connection())
            started = time.monotonic()
        assert time.monotonic() - started < 5


def settings(addresses: Addresses, **given: object) -> Settings:
    urls = {"database_url": addresses.database_url, "redis_url": addresses.redis_url}
    return Settings.model_validate(urls | given)


async def applied(addresses: Addresses) -> int:
    connection = await asyncpg.connect(addresses.database_url)
    try:
        return await version(connection)
    finally:
        await connection.close()


async def test_many_copies_may_prepare_an_empty_database_at_once(  # defect 14
    addresses: Addresses,
) -> None:
    await asyncio.gather(*(prepare(settings(addresses)) for _ in range(8)))
    assert await applied(addresses) == max(migrations())


async def test_migrate_never_only_checks(addresses: Addresses) -> None:
    with pytest.raises(CannotStart, match="at version 0 and this program needs 3"):
        await prepare(settings(addresses, migrate="never"))
    assert await applied(addresses) == 0
    await prepare(settings(addresses))
    await prepare(settings(addresses, migrate="never"))


async def test_a_newer_schema_is_accepted(addresses: Addresses) -> None:
    await prepare(settings(addresses))
    connection = await asyncpg.connect(addresses.database_url)
    await connection.execute("INSERT INTO schema_versions VALUES (9999, 'later')")
    await connection.close()
    await prepare(settings(addresses))


async def test_a_migration_that_fails_leaves_nothing(addresses: Addresses) -> None:
    connection = await asyncpg.connect(addresses.database_url)
    await connection.execute("CREATE TABLE users (id integer)")
    await connection.close()
    with pytest.raises(CannotStart, match='relation "users" already exists'):
        await prepare(settings(addresses))
    assert await applied(addresses) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO users (username, email) VALUES ('ab', 'ab@example.com')",
        "INSERT INTO users (username, email) VALUES ('abc', repeat('x', 255))",
        "INSERT INTO users (id, username, email) VALUES (7, 'abc', 'ab@example.com')",
    ],
)
async def test_the_tables_keep_the_rules_too(addresses: Addresses, statement: str) -> None:
    await prepare(settings(addresses))
    connection = await asyncpg.connect(addresses.database_url)
    with pytest.raises(asyncpg.PostgresError):
        await connection.execute(statement)
    await connection.close()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("postgresql://ada:secret@127.0.0.1:1/db", "at 127.0.0.1:1 did not answer within 0.3 s"),
        ("postgresql://ada:secret@127.0.0.1:x/db", "at 127.0.0.1:x refuses: "),
    ],
)
async def test_a_database_that_is_away_is_named_without_its_password(
    addresses: Addresses, url: str, message: str
) -> None:
    with pytest.raises(CannotStart, match=message) as caught:
        await prepare(settings(addresses, database_url=url, start_timeout=0.3))
    assert "secret" not in str(caught.value)


async def test_a_database_that_refuses_is_not_asked_twice(addresses: Addresses) -> None:
    url = addresses.database_url.rpartition("/")[0] + "/no_such_database"
    started = time.monotonic()
    with pytest.raises(CannotStart, match='database "no_such_database" does not exist'):
        await prepare(settings(addresses, database_url=url))
    assert time.monotonic() - started < 5
