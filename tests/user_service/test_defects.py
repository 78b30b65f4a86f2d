"""Each defect of the first draft's design, seen to happen there and not to happen here.

A test says what it did and saw; `happens` compares that with what this design is known for.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import asyncpg
import httpx
import pytest
from tests.user_service import draft
from tests.user_service.support import ADA, Proxy, Serve

from local_servers import Addresses

pytestmark = pytest.mark.anyio
Open = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]
NEW = {"username": "ada", "email": "new@example.com"}
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture(params=["draft", "service"])
def design(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def opened(design: str, serve: Serve, addresses: Addresses) -> Open:
    """Open a client of the design that is looked at."""

    @asynccontextmanager
    async def opening(**given: Any) -> AsyncIterator[httpx.AsyncClient]:
        urls = {"database_url": addresses.database_url, "redis_url": addresses.redis_url} | given
        async with draft.in_process(urls["database_url"], urls["redis_url"]) as app:
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://draft") as client:
                yield client

    return opening if design == "draft" else serve


@pytest.fixture
def happens(design: str) -> Callable[[bool], bool]:
    def expected(seen: bool) -> bool:  # noqa: FBT001
        return seen == (design == "draft")

    return expected


@pytest.fixture
def selects(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that look for a user, whoever sends them."""
    sent: list[str] = []
    execute = asyncpg.Connection._execute  # type: ignore[attr-defined]

    async def noted(connection: Any, query: str, *rest: Any, **options: Any) -> Any:
        if query.startswith("SELECT id, username"):
            sent.append(query)
        return await execute(connection, query, *rest, **options)

    monkeypatch.setattr(asyncpg.Connection, "_execute", noted)
    return sent


async def statuses(*requests: Any) -> list[int]:
    return [answer.status_code for answer in await asyncio.gather(*requests)]


def limited(valkey: Any, *rights: str) -> str:
    """Return the address of Valkey for somebody who may do less."""
    options = valkey.connection_pool.connection_kwargs
    valkey.execute_command("ACL", "SETUSER", "less", "reset", "on", ">x", "~*", "+@all", *rights)
    return f"redis://less:x@{options['host']}:{options['port']}/{options['db']}"


async def test_1_a_slow_reader_brings_a_deleted_user_back(
    opened: Open, happens: Any, addresses: Addresses
) -> None:
    async with (
        Proxy(addresses.database_url) as proxy,
        opened() as quick,
        opened(database_url=proxy.url) as slow,
    ):
        ada = (await quick.post("/users", json=ADA)).json()["id"]
        await slow.get("/users/7")  # opens a connection and prepares the statement
        proxy.freeze_answers()
        reader = asyncio.create_task(slow.get(f"/users/{ada}"))
        await proxy.held.wait()  # the row is on its way
        assert (await quick.delete(f"/users/{ada}")).status_code == 204
        proxy.flowing.set()
        assert (await reader).status_code == 200
        after = await quick.get(f"/users/{ada}")
        assert happens(after.status_code == 200)


async def test_2_a_lost_invalidation_is_never_made_up_for(
    opened: Open, happens: Any, valkey: Any
) -> None:
    async with opened() as client, opened(redis_url=limited(valkey, "-del", "-set")) as other:
        await client.post("/users", json=ADA)
        await client.get("/users/1")
        first = (await other.delete("/users/1")).status_code
        assert (await client.delete("/users/1")).status_code == 404  # the retry
        ghost = (await client.get("/users/1")).status_code == 200
    valkey.execute_command("ACL", "DELUSER", "less")
    assert happens(first == 500)
    assert happens(ghost)


async def test_3_a_user_cannot_be_changed(opened: Open, happens: Any) -> None:
    async with opened() as client:
        await client.post("/users", json=ADA)
        await client.get("/users/1")
        assert happens((await client.put("/users/1", json=NEW)).status_code == 405)
        assert happens((await client.get("/users/1")).json()["email"] == ADA["email"])


async def test_4_readers_of_a_cold_key_all_ask_the_database(
    opened: Open, happens: Any, selects: list[str]
) -> None:
    async with opened() as client:
        await client.post("/users", json=ADA)
        assert set(await statuses(*(client.get("/users/1") for _ in range(50)))) == {200}
    assert happens(len(selects) > 1)
    assert len(selects) in range(10, 51) or len(selects) == 1


async def test_5_more_than_a_hundred_at_once_fail(opened: Open, happens: Any, valkey: Any) -> None:
    async with opened() as client:
        await client.post("/users", json=ADA)
        await client.get("/users/1")
        valkey.client_pause(1000)
        seen = await statuses(*(client.get("/users/1") for _ in range(200)))
    assert happens(500 in seen)


async def test_6_without_a_cache_nothing_is_read(opened: Open, happens: Any) -> None:
    async with opened(redis_url=NOWHERE) as client:
        await client.post("/users", json=ADA)
        assert happens((await client.get("/users/1")).status_code == 500)


async def test_7_with_a_full_cache_nothing_is_read(opened: Open, happens: Any, valkey: Any) -> None:
    before = valkey.config_get("maxmemory*")
    valkey.config_set("maxmemory-policy", "noeviction")
    valkey.config_set("maxmemory", 1)
    try:
        async with opened() as client:
            await client.post("/users", json=ADA)
            seen = await statuses(client.get("/users/1"))
    finally:
        valkey.config_set("maxmemory", before["maxmemory"])
        valkey.config_set("maxmemory-policy", before["maxmemory-policy"])
    assert happens(seen == [500])


@pytest.mark.parametrize("kind", ["junk", "list"])
async def test_8_a_broken_entry_stays_and_fails(
    opened: Open, happens: Any, valkey: Any, kind: str
) -> None:
    async with opened() as client:
        await client.post("/users", json=ADA)
        if kind == "junk":
            valkey.set("user:1", "junk")
        else:
            valkey.rpush("user:1", "junk")
        seen = [(await client.get("/users/1")).status_code for _ in range(2)]
    assert happens(seen == [500, 500])


@pytest.mark.parametrize(
    "user",
    [
        {"username": "x" * 51, "email": "ada@example.com"},  # 9
        {"username": "ada", "email": "ada@" + "x" * 60 + "." + "x" * 60 + ".com"},  # 9
        {"username": "a\x00da", "email": "ada@example.com"},  # 10
    ],
    ids=["9 name", "9 address", "10 zero"],
)
async def test_9_and_10_what_the_database_cannot_store_is_a_500(
    opened: Open, happens: Any, user: dict[str, str]
) -> None:
    async with opened() as client:
        answer = await client.post("/users", json=user)
    assert happens(answer.status_code == 500)


async def test_10_half_a_surrogate_pair_is_a_500(opened: Open, happens: Any) -> None:
    body = '{"username": "\\ud800ada", "email": "ada@example.com"}'
    async with opened() as client:
        answer = await client.post(
            "/users", content=body, headers={"content-type": "application/json"}
        )
    assert happens(answer.status_code == 500)


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_11_a_big_id_is_a_500(opened: Open, happens: Any, method: str) -> None:
    async with opened() as client:
        assert happens((await client.request(method, f"/users/{2**31}")).status_code == 500)


async def test_12_a_blank_name_and_one_address_twice_are_taken(opened: Open, design: str) -> None:
    users = [("", "a"), ("   ", "b"), ("john", "john"), ("johnny", "JOHN")]
    async with opened() as client:
        bodies = [{"username": name, "email": f"{at}@example.com"} for name, at in users]
        seen = [(await client.post("/users", json=body)).status_code for body in bodies]
    assert seen == ([201] * 4 if design == "draft" else [422, 422, 201, 409])


async def test_13_a_duplicate_is_a_400_and_a_new_user_has_no_address(
    opened: Open, happens: Any
) -> None:
    async with opened() as client:
        assert happens("location" not in (await client.post("/users", json=ADA)).headers)
        again = await client.post("/users", json=ADA)
    assert happens(again.status_code == 400)
    assert happens(again.headers["content-type"] == "application/json")


async def test_14_a_database_that_is_late_ends_the_start(
    opened: Open, happens: Any, addresses: Addresses
) -> None:
    async with Proxy(addresses.database_url) as proxy:
        await proxy.cut()
        asyncio.get_running_loop().call_later(0.4, lambda: asyncio.ensure_future(proxy.listen()))
        started = True
        try:
            async with opened(database_url=proxy.url) as client:
                await client.get("/users/1")
        except OSError:
            started = False
            await asyncio.sleep(0.5)
    assert happens(not started)


async def test_15_nobody_asks_for_health_and_missing_users_ask_the_database(
    opened: Open, design: str, happens: Any, selects: list[str]
) -> None:
    async with opened() as client:
        assert happens((await client.get("/livez")).status_code == 404)
        assert happens((await client.get("/readyz")).status_code == 404)
        for _ in range(20):
            assert (await client.get("/users/7")).status_code == 404
    assert len(selects) == (20 if design == "draft" else 1)


async def test_16_a_database_that_is_blocked_hangs_everyone(
    opened: Open, design: str, happens: Any, addresses: Addresses
) -> None:
    blocker = await asyncpg.connect(addresses.database_url)
    given = {} if design == "draft" else {"command_timeout": 0.5, "acquire_timeout": 0.5}
    async with opened(**given) as client:
        async with blocker.transaction():
            await blocker.execute("LOCK TABLE users")
            asked = [asyncio.create_task(client.get(f"/users/{n}")) for n in range(1, 31)]
            done, hanging = await asyncio.wait(asked, timeout=3 if design == "draft" else 30)
            assert happens(bool(hanging))
            assert {task.result().status_code for task in done} <= {503}
        await asyncio.gather(*asked)
    await blocker.close()
