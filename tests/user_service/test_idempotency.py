"""Idempotency-Key: what is sent twice is done once, and answered alike."""

import asyncio
from typing import Any

import asyncpg
import httpx
import pytest
from tests.user_service.support import ADA, Proxy, Serve, is_problem

from local_servers import Addresses

pytestmark = pytest.mark.anyio
KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}


@pytest.fixture
def addresses(emptied: Addresses) -> Addresses:
    return emptied


@pytest.fixture
async def database(addresses: Addresses) -> Any:
    connection = await asyncpg.connect(addresses.database_url)
    yield connection
    await connection.close()


async def test_fifty_at_once_make_one_user(client: httpx.AsyncClient, database: Any) -> None:
    requests = (client.post("/users", json=ADA, headers=KEY) for _ in range(50))
    answers = await asyncio.gather(*requests)
    assert {answer.status_code for answer in answers} == {201}
    assert {answer.content for answer in answers} == {answers[0].content}
    assert {answer.headers["location"] for answer in answers} == {answers[0].headers["location"]}
    assert await database.fetchval("SELECT count(*) FROM users") == 1
    assert await database.fetchval("SELECT count(*) FROM idempotency_keys") == 1


async def test_another_body_under_the_same_key_is_422(
    client: httpx.AsyncClient, database: Any
) -> None:
    assert (await client.post("/users", json=ADA, headers=KEY)).status_code == 201
    grace = {"username": "grace", "email": "grace@example.com"}
    assert is_problem(await client.post("/users", json=grace, headers=KEY), 422)
    assert await database.fetchval("SELECT count(*) FROM users") == 1


async def test_the_same_user_in_another_spelling_is_the_same_body(
    client: httpx.AsyncClient,
) -> None:
    first = await client.post("/users", json=ADA, headers=KEY)
    spaced = await client.post("/users", json=ADA | {"username": " ada "}, headers=KEY)
    assert (spaced.status_code, spaced.json()) == (201, first.json())


async def test_the_answer_is_the_first_one_whatever_has_happened_since(
    client: httpx.AsyncClient,
) -> None:
    first = await client.post("/users", json=ADA, headers=KEY)
    await client.patch("/users/1", json={"email": "new@example.com"})
    assert (await client.post("/users", json=ADA, headers=KEY)).json() == first.json()
    await client.delete("/users/1")
    again = await client.post("/users", json=ADA, headers=KEY)
    assert (again.status_code, again.json()) == (201, first.json())
    assert is_problem(await client.get("/users/1"), 404)


async def test_a_failure_is_not_remembered(client: httpx.AsyncClient, database: Any) -> None:
    await client.post("/users", json=ADA)
    assert is_problem(await client.post("/users", json=ADA, headers=KEY), 409)
    assert await database.fetchval("SELECT count(*) FROM idempotency_keys") == 0
    await client.delete("/users/1")
    assert (await client.post("/users", json=ADA, headers=KEY)).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "a b", "é"])
async def test_a_key_is_a_plain_word(client: httpx.AsyncClient, key: str) -> None:
    headers = [(b"Idempotency-Key", key.encode("latin-1"))]
    assert is_problem(await client.post("/users", json=ADA, headers=headers), 422)


async def test_keys_are_forgotten_after_a_day(client: httpx.AsyncClient, database: Any) -> None:
    await client.post("/users", json=ADA, headers=KEY)
    await database.execute("UPDATE idempotency_keys SET created_at = now() - interval '25 hours'")
    assert is_problem(await client.post("/users", json=ADA, headers=KEY), 409)
    grace = {"username": "grace", "email": "grace@example.com"}
    assert (await client.post("/users", json=grace, headers=KEY)).status_code == 201


async def test_after_a_lost_reply_the_retry_is_answered_like_the_first(
    serve: Serve, addresses: Addresses
) -> None:
    async with (
        Proxy(addresses.database_url) as proxy,
        serve(database_url=proxy.url, command_timeout=0.5) as client,
    ):
        await client.get("/users/7")
        proxy.freeze_answers()
        assert is_problem(await client.post("/users", json=ADA, headers=KEY), 503)
        proxy.flowing.set()
        answers = [await client.post("/users", json=ADA, headers=KEY) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()


async def test_two_copies_give_out_one_key_once_and_no_id_twice(serve: Serve) -> None:
    users = [{"username": f"user {n}", "email": f"{n}@example.com"} for n in range(20)]
    async with serve() as one, serve() as other:
        copies = (one, other)
        keyed = [client.post("/users", json=ADA, headers=KEY) for client in copies * 10]
        plain = [copies[n % 2].post("/users", json=user) for n, user in enumerate(users)]
        first = {answer.json()["id"] for answer in await asyncio.gather(*keyed)}
        rest = {answer.json()["id"] for answer in await asyncio.gather(*plain)}
    assert len(first) == 1
    assert len(rest - first) == 20
