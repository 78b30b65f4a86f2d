"""Lists come from a real replica, and never lack what their reader has written."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx
import pytest
from tests.user_service.standby import standby
from tests.user_service.support import ADA, Proxy, Serve

from local_servers import Addresses, local_servers
from user_service.replica import EVERYTHING

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(120), pytest.mark.usefixtures("primary")]
BOB = {"username": "bob", "email": "bob@example.com"}
EVE = {"username": "eve", "email": "eve@example.com"}


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[Addresses, str]]:
    """A primary with its cache, and the address of its replica."""
    with (
        local_servers(durable=True, environ={}) as addresses,
        standby(addresses.database_url) as replica,
    ):
        yield addresses, replica


@pytest.fixture
def addresses(pair: tuple[Addresses, str]) -> Addresses:
    return pair[0]


@pytest.fixture
async def replica(pair: tuple[Addresses, str]) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(pair[1])
    yield connection
    await connection.execute("SELECT pg_wal_replay_resume()")
    await connection.close()


@pytest.fixture
async def line(pair: tuple[Addresses, str]) -> AsyncIterator[Proxy]:
    """A way to the replica that a test may cut."""
    async with Proxy(pair[1]) as opened:
        yield opened


@pytest.fixture
async def primary(addresses: Addresses) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(addresses.database_url)
    yield connection
    if await connection.fetchval("SELECT to_regclass('users')"):
        await connection.execute("TRUNCATE users, idempotency_keys RESTART IDENTITY")
    await connection.close()


@pytest.fixture
def two(pair: tuple[Addresses, str], serve: Serve) -> Any:
    """Open two clients, each with cookies of its own, of a service that has the replica."""

    @asynccontextmanager
    async def opening(url: str = pair[1], **given: Any) -> AsyncIterator[list[httpx.AsyncClient]]:
        async with serve(replica_url=url, **given) as one, serve(replica_url=url, **given) as other:
            yield [one, other]

    return opening


async def names(client: httpx.AsyncClient) -> list[str]:
    answer = await client.get("/users")
    assert answer.status_code == 200
    return [user["username"] for user in answer.json()["users"]]


async def caught_up(replica: asyncpg.Connection, primary: asyncpg.Connection) -> None:
    now = await primary.fetchval("SELECT pg_current_wal_flush_lsn()::text")
    replayed = "SELECT pg_last_wal_replay_lsn() >= $1::text::pg_lsn"
    while not await replica.fetchval(replayed, now):  # noqa: ASYNC110 — PostgreSQL's event
        await asyncio.sleep(0.01)


async def paused(replica: asyncpg.Connection) -> None:
    await replica.execute("SELECT pg_wal_replay_pause()")
    state = "SELECT pg_get_wal_replay_pause_state()"
    while await replica.fetchval(state) != "paused":  # noqa: ASYNC110 — PostgreSQL's event
        await asyncio.sleep(0.01)


async def test_a_list_has_what_its_reader_has_written_though_the_replica_lags(
    two: Any, replica: asyncpg.Connection, primary: asyncpg.Connection
) -> None:
    async with two() as (ada, stranger):
        await caught_up(replica, primary)
        await paused(replica)
        assert (await ada.post("/users", json=ADA)).status_code == 201
        assert await names(ada) == ["ada"]
        # The naive way, the replica at once, is what the stranger gets: her change is not there.
        assert await names(stranger) == []
        assert await replica.fetchval("SELECT count(*) FROM users") == 0
        assert (await ada.patch("/users/1", json={"username": "ada 2"})).status_code == 200
        assert await names(ada) == ["ada 2"]
        assert (await ada.delete("/users/1")).status_code == 204
        assert await names(ada) == []
        await replica.execute("SELECT pg_wal_replay_resume()")


async def test_once_the_replica_has_it_she_reads_there_again(
    two: Any, replica: asyncpg.Connection, primary: asyncpg.Connection
) -> None:
    async with two() as (ada, stranger):
        await ada.post("/users", json=ADA)
        await caught_up(replica, primary)
        await paused(replica)
        await stranger.post("/users", json=BOB)
        assert await names(ada) == ["ada"]  # not the primary: Bob is there
        assert await names(stranger) == ["ada", "bob"]


async def test_a_user_is_never_cached_from_the_replica(
    two: Any, replica: asyncpg.Connection, primary: asyncpg.Connection
) -> None:
    async with two() as (ada, stranger):
        await ada.post("/users", json=ADA)
        await caught_up(replica, primary)
        await paused(replica)
        await ada.put("/users/1", json=BOB)
        assert (await stranger.get("/users/1")).json()["username"] == "bob"


async def test_each_list_has_the_change_before_it_while_the_replica_comes_and_goes(
    two: Any, replica: asyncpg.Connection
) -> None:
    async with two() as (ada, other_copy):

        async def come_and_go() -> None:
            while True:
                await replica.execute("SELECT pg_wal_replay_pause()")
                await asyncio.sleep(0.01)
                await replica.execute("SELECT pg_wal_replay_resume()")
                await asyncio.sleep(0.01)

        restless = asyncio.create_task(come_and_go())
        await ada.post("/users", json=ADA)
        for number in range(60):
            await ada.patch("/users/1", json={"username": f"ada {number}"})
            other_copy.cookies = ada.cookies  # the same browser, at another copy of the service
            assert await names(ada) == await names(other_copy) == [f"ada {number}"]
        restless.cancel()
        await asyncio.gather(restless, return_exceptions=True)


async def test_without_the_replica_lists_come_from_the_primary(
    two: Any, line: Proxy, replica: asyncpg.Connection, primary: asyncpg.Connection
) -> None:
    async with two(line.url, acquire_timeout=1, command_timeout=1) as (ada, stranger):
        await ada.post("/users", json=ADA)
        await line.cut()
        assert await names(ada) == await names(stranger) == ["ada"]
        await line.listen()
        await caught_up(replica, primary)
        await paused(replica)
        await primary.execute("INSERT INTO users (username, email) VALUES ('bob', 'b@x.org')")
        while await names(stranger) == ["ada", "bob"]:  # noqa: ASYNC110 — until it is asked again
            await asyncio.sleep(0.05)
        assert await names(stranger) == ["ada"]


async def test_while_the_tables_are_on_their_way_lists_come_from_the_primary(
    serve: Serve,
    pair: tuple[Addresses, str],
    replica: asyncpg.Connection,
    primary: asyncpg.Connection,
) -> None:
    await primary.execute("CREATE DATABASE fresh")
    await caught_up(replica, primary)
    await paused(replica)
    urls = [url.rpartition("/")[0] + "/fresh" for url in (pair[0].database_url, pair[1])]
    async with serve(database_url=urls[0], replica_url=urls[1]) as client:
        assert await names(client) == []
    await replica.execute("SELECT pg_wal_replay_resume()")
    await caught_up(replica, primary)
    await primary.execute("DROP DATABASE fresh WITH (FORCE)")


async def test_it_starts_without_the_replica(two: Any) -> None:
    async with two("postgresql://postgres@127.0.0.1:1/postgres") as (ada, _):
        await ada.post("/users", json=ADA)
        assert await names(ada) == ["ada"]


async def test_what_cannot_be_told_is_read_at_the_primary(
    serve: Serve, pair: tuple[Addresses, str]
) -> None:
    """The change was made, and then the primary does not answer how far its log is."""
    async with Proxy(pair[0].database_url) as way:
        given = {"database_url": way.url, "replica_url": pair[1], "command_timeout": 0.5}
        async with serve(**given) as client:
            await way.cut()
            answer = await client.post("/users", json=EVE)
            assert answer.status_code == 503
            assert answer.cookies["written"] == EVERYTHING


@pytest.mark.parametrize("cookie", ["", "junk", "1/", "0/0'--", "G/0", "123456789/0", "٣/٣"])
async def test_a_cookie_that_says_nothing_is_no_cookie(
    two: Any, replica: asyncpg.Connection, primary: asyncpg.Connection, cookie: str
) -> None:
    async with two() as (_, client):
        await caught_up(replica, primary)
        await paused(replica)
        await client.post("/users", json=ADA)
        answer = await client.get("/users", headers=[(b"cookie", f"written={cookie}".encode())])
        assert answer.json()["users"] == []  # the replica's answer
        await replica.execute("SELECT pg_wal_replay_resume()")


async def test_the_cookie_is_told_after_changes_only(two: Any) -> None:
    async with two() as (ada, _):
        created = await ada.post("/users", json=ADA)
        assert "HttpOnly" in created.headers["set-cookie"]
        again = await ada.post("/users", json=ADA)
        assert again.status_code == 409
        for answer in (
            again,
            await ada.get("/users"),
            await ada.get("/users/1"),
            await ada.get("/livez"),
        ):
            assert "set-cookie" not in answer.headers
