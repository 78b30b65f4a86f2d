"""What the cache promises: never an older user than the last change, and never a failure."""

import asyncio
import logging
import random
from typing import Any

import httpx
import pytest
from tests.user_service.support import ADA, Serve, Statements, silent_server

from local_servers import Addresses

pytestmark = pytest.mark.anyio
NEW = {"username": "ada", "email": "new@example.com"}
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def addresses(emptied: Addresses) -> Addresses:
    return emptied


async def statuses(*requests: Any) -> list[int]:
    return sorted({answer.status_code for answer in await asyncio.gather(*requests)})


async def test_the_second_read_asks_no_database(
    client: httpx.AsyncClient, ada: str, statements: Statements, valkey: Any
) -> None:
    assert await statuses(client.get(ada)) == [200]
    assert (await client.get(ada)).json() == {"id": 1} | ADA
    assert statements.selects == 1
    assert 239 <= valkey.ttl("user:1") <= 300


async def test_lives_differ(serve: Serve, valkey: Any) -> None:
    async with serve(cache_ttl=100_000) as client:
        for number in range(8):
            user = {"username": f"user {number}", "email": f"{number}@example.com"}
            await client.get((await client.post("/users", json=user)).headers["location"])
    assert len({valkey.ttl(f"user:{number}") for number in range(1, 9)}) > 1


@pytest.mark.parametrize("change", ["DELETE", "PUT", "PATCH"])
async def test_a_held_fill_leaves_no_ghost(  # defects 1 and 3
    client: httpx.AsyncClient, ada: str, statements: Statements, change: str
) -> None:
    statements.hold()
    assert statements.arrived
    assert statements.gate
    reader = asyncio.create_task(client.get(ada))
    await statements.arrived.wait()  # the reader has the old row in its hands
    body = None if change == "DELETE" else NEW
    assert (await client.request(change, ada, json=body)).is_success
    statements.gate.set()
    assert (await reader).json() == {"id": 1} | ADA
    after = await client.get(ada)
    assert after.status_code == (404 if change == "DELETE" else 200)
    assert after.json().get("email") == (None if change == "DELETE" else "new@example.com")


async def test_a_reader_with_an_old_lease_does_not_fill_over_a_new_one(
    client: httpx.AsyncClient, ada: str, statements: Statements, valkey: Any
) -> None:
    statements.hold()
    assert statements.arrived
    first_gate = statements.gate
    assert first_gate
    first = asyncio.create_task(client.get(ada))
    await statements.arrived.wait()
    await client.patch(ada, json={"email": "new@example.com"})
    statements.hold()
    second_gate = statements.gate
    assert second_gate
    second = asyncio.create_task(client.get(ada))
    await statements.arrived.wait()
    first_gate.set()
    await first
    assert valkey.get("user:1").startswith(b"lease:")
    second_gate.set()
    assert (await second).json()["email"] == "new@example.com"
    assert (await client.get(ada)).json()["email"] == "new@example.com"
    assert statements.selects == 2


@pytest.mark.parametrize("readers", [50, 200])
async def test_readers_of_a_cold_key_make_one_select(  # defects 4 and 5
    client: httpx.AsyncClient, ada: str, statements: Statements, readers: int
) -> None:
    assert await statuses(*(client.get(ada) for _ in range(readers))) == [200]
    assert statements.selects == 1


async def test_many_users_at_once(client: httpx.AsyncClient) -> None:  # defect 5
    users = [{"username": f"user {n}", "email": f"{n}@example.com"} for n in range(200)]
    assert await statuses(*(client.post("/users", json=user) for user in users)) == [201]
    assert await statuses(*(client.get(f"/users/{n + 1}") for n in range(200))) == [200]


async def test_no_interleaving_leaves_an_old_user(  # defect 1
    client: httpx.AsyncClient, ada: str, statements: Statements, valkey: Any
) -> None:
    chance = random.Random(7)  # noqa: S311 — the same every time
    statements.pause = lambda: chance.random() * 0.004
    for number in range(40):
        valkey.delete("user:1")
        readers = [asyncio.create_task(client.get(ada)) for _ in range(6)]
        await asyncio.sleep(chance.random() * 0.006)
        await client.patch(ada, json={"email": f"{number}@example.com"})
        assert (await client.get(ada)).json()["email"] == f"{number}@example.com"
        await asyncio.gather(*readers)
        assert (await client.get(ada)).json()["email"] == f"{number}@example.com"


async def test_a_reader_takes_over_from_one_that_died(
    serve: Serve, statements: Statements, valkey: Any
) -> None:
    async with serve() as client:
        ada = (await client.post("/users", json=ADA)).headers["location"]
        valkey.set("user:1", "lease:of a process that is gone", px=300)
        assert await statuses(*(client.get(ada) for _ in range(10))) == [200]
    assert statements.selects == 1


async def test_nobody_waits_for_ever(serve: Serve, valkey: Any) -> None:
    async with serve(lease_ttl=1) as client:
        ada = (await client.post("/users", json=ADA)).headers["location"]
        valkey.set("user:1", "lease:of somebody who never comes back")
        assert await statuses(client.get(ada)) == [200]
    assert valkey.get("user:1").startswith(b"lease:of somebody")


async def test_a_failed_load_gives_the_lease_back(
    client: httpx.AsyncClient, ada: str, valkey: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("user_service.users.Users._load", None)
        assert (await client.get(ada)).status_code == 500
    assert valkey.get("user:1") is None
    assert (await client.get(ada)).status_code == 200


async def test_an_unknown_user_is_remembered_and_then_created(  # defect 15
    client: httpx.AsyncClient, statements: Statements, valkey: Any
) -> None:
    assert await statuses(*(client.get("/users/1") for _ in range(100))) == [404]
    assert statements.selects == 1
    assert valkey.ttl("user:1") <= 30
    await client.post("/users", json=ADA)
    assert (await client.get("/users/1")).json() == {"id": 1} | ADA


@pytest.mark.parametrize(
    "junk",
    [
        b"junk",
        b"",
        b"[]",
        b"{}",
        b'{"id": 1, "username": "ada", "email": "ada@example.com"}',
        b'1 {"id": 2, "username": "eve", "email": "eve@example.com"}',
        b'x {"id": 1, "username": "ada", "email": "ada@example.com"}',
        b"\xff",
    ],
)
async def test_a_broken_entry_is_dropped_and_loaded(  # defect 8
    client: httpx.AsyncClient, ada: str, valkey: Any, junk: bytes
) -> None:
    valkey.set("user:1", junk)
    assert (await client.get(ada)).json() == {"id": 1} | ADA
    assert b'"username":"ada"' in valkey.get("user:1")


async def test_an_entry_of_another_type_is_dropped_and_loaded(  # defect 8
    client: httpx.AsyncClient, ada: str, valkey: Any
) -> None:
    valkey.hset("user:1", mapping={"name": "John"})
    assert (await client.get(ada)).json() == {"id": 1} | ADA
    assert b'"username":"ada"' in valkey.get("user:1")


async def everything_works(client: httpx.AsyncClient) -> None:
    ada = (await client.post("/users", json=ADA)).headers["location"]
    assert (await client.get(ada)).json() == {"id": 1} | ADA
    assert (await client.put(ada, json=NEW)).status_code == 200
    assert (await client.patch(ada, json={"username": "eve"})).json()["username"] == "eve"
    assert (await client.get(ada)).json() == {"id": 1, "username": "eve", "email": NEW["email"]}
    assert (await client.delete(ada)).status_code == 204
    assert (await client.get(ada)).status_code == 404


async def test_without_a_cache_everything_works(serve: Serve) -> None:  # defect 6
    async with serve(redis_url=NOWHERE) as client:
        await everything_works(client)
        ready = await client.get("/readyz")
    assert (ready.status_code, ready.json()["cache"]) == (200, "down")


async def test_with_a_silent_cache_everything_works(serve: Serve) -> None:  # defect 6
    async with (
        silent_server() as port,
        serve(redis_url=f"redis://127.0.0.1:{port}/0", cache_timeout=0.05) as client,
    ):
        await everything_works(client)


async def test_with_a_full_cache_everything_works(serve: Serve, valkey: Any) -> None:  # defect 7
    before = valkey.config_get("maxmemory*")
    valkey.config_set("maxmemory-policy", "noeviction")
    valkey.config_set("maxmemory", 1)
    try:
        async with serve() as client:
            await everything_works(client)
    finally:
        valkey.config_set("maxmemory", before["maxmemory"])
        valkey.config_set("maxmemory-policy", before["maxmemory-policy"])


async def test_a_retry_of_a_delete_invalidates_too(  # defect 2
    client: httpx.AsyncClient, ada: str, valkey: Any
) -> None:
    await client.get(ada)
    entry = valkey.get("user:1")
    await client.delete(ada)
    valkey.set("user:1", entry)  # as if that invalidation had not arrived
    assert (await client.get(ada)).status_code == 200
    assert (await client.delete(ada)).status_code == 404
    assert (await client.get(ada)).status_code == 404


async def test_an_invalidation_that_is_refused_fails_no_request(  # defect 2
    client: httpx.AsyncClient, serve: Serve, ada: str, valkey: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, logger="user_service")
    await client.get(ada)
    options = valkey.connection_pool.connection_kwargs
    url = f"redis://no-del:x@{options['host']}:{options['port']}/{options['db']}"
    valkey.execute_command("ACL", "SETUSER", "no-del", "on", ">x", "~*", "+@all", "-del")
    try:
        async with serve(redis_url=url) as careless:
            assert (await careless.patch(ada, json=NEW)).status_code == 200
            assert "user 1 may be out of date" in caplog.text
            assert (await careless.get(ada)).json()["email"] == NEW["email"]  # it knows
        assert (await client.patch(ada, json=NEW)).status_code == 200  # the retry reaches the cache
        assert (await client.get(ada)).json()["email"] == NEW["email"]
    finally:
        valkey.execute_command("ACL", "DELUSER", "no-del")


async def test_a_fill_that_is_refused_fails_no_request(
    serve: Serve, valkey: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, logger="user_service")
    options = valkey.connection_pool.connection_kwargs
    url = f"redis://no-lua:x@{options['host']}:{options['port']}/{options['db']}"
    valkey.execute_command("ACL", "SETUSER", "no-lua", "on", ">x", "~*", "+@all", "-@scripting")
    try:
        async with serve(redis_url=url) as client:
            ada = (await client.post("/users", json=ADA)).headers["location"]
            assert (await client.get(ada)).status_code == 200
            assert "user 1 is not cached" in caplog.text
    finally:
        valkey.execute_command("ACL", "DELUSER", "no-lua")
