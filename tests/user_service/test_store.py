"""What the cache promises while Valkey is refused, cut, silent, late or full."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis
from redis.exceptions import ResponseError
from tests.user_service.support import ADA, Proxy, Serve

from local_servers import Addresses
from user_service.batch import Batch, Command
from user_service.settings import Settings
from user_service.store import Store, StoreAway

pytestmark = pytest.mark.anyio
NEW = {"username": "ada", "email": "new@example.com"}


@pytest.fixture
def addresses(emptied: Addresses) -> Addresses:
    return emptied


@pytest.fixture
async def line(addresses: Addresses) -> AsyncIterator[Proxy]:
    """A way to Valkey that a test may cut or freeze."""
    async with Proxy(addresses.redis_url) as opened:
        yield opened
        opened.flowing.set()


async def until(holds: Any) -> None:
    """Wait for what must come; the test's own time limit ends the waiting."""
    while not await holds():  # noqa: ASYNC110 — the event is another server's
        await asyncio.sleep(0.01)


async def cache_is(client: httpx.AsyncClient, state: str) -> bool:
    return bool((await client.get("/readyz")).json()["cache"] == state)


@pytest.mark.parametrize("fault", ["cut", "reset", "freeze", "freeze_answers"])
async def test_no_request_fails_and_none_is_wrong_whatever_happens_to_the_line(
    serve: Serve, line: Proxy, fault: str
) -> None:
    """Reads go on while the line breaks; a change made meanwhile is seen by every later read."""
    async with serve(redis_url=line.url, cache_timeout=0.2) as client:
        ada = (await client.post("/users", json=ADA)).headers["location"]
        await client.get(ada)
        answers: list[httpx.Response] = []
        going = True

        async def reading() -> None:
            while going:
                answers.append(await client.get(ada))

        readers = [asyncio.create_task(reading()) for _ in range(5)]
        done = getattr(line, fault)()
        if done:
            await done
        assert (await client.put(ada, json=NEW)).status_code == 200
        assert (await client.get(ada)).json()["email"] == NEW["email"]
        line.flowing.set()
        if fault == "cut":
            await line.listen()
        await until(lambda: cache_is(client, "up"))
        going = False
        await asyncio.gather(*readers)
        assert {answer.status_code for answer in answers} == {200}
        assert (await client.get(ada)).json()["email"] == NEW["email"]


async def test_while_it_is_silent_only_the_first_wait_for_it(serve: Serve, line: Proxy) -> None:
    async with serve(redis_url=line.url, cache_timeout=1) as client:
        ada = (await client.post("/users", json=ADA)).headers["location"]
        line.freeze()
        started = time.monotonic()
        for _ in range(20):  # a second each, if each had to find out for itself
            assert (await client.get(ada)).status_code == 200
        assert time.monotonic() - started < 10


async def test_a_lost_deletion_is_made_up_for(serve: Serve, line: Proxy, valkey: Any) -> None:
    """Another copy of the service, which knows of nothing, is right again soon after."""
    async with serve(redis_url=line.url) as client, serve() as other:
        ada = (await client.post("/users", json=ADA)).headers["location"]
        assert (await other.get(ada)).json()["email"] == ADA["email"]
        await line.cut()
        assert (await client.put(ada, json=NEW)).status_code == 200
        assert (await client.get(ada)).json()["email"] == NEW["email"]  # it passes the cache over
        assert (await other.get(ada)).json()["email"] == ADA["email"]  # until the line is back
        await line.listen()

        async def deleted() -> bool:
            return not valkey.exists("user:1")

        await until(deleted)
        assert (await other.get(ada)).json()["email"] == NEW["email"]


async def test_what_nobody_deletes_expires(serve: Serve, line: Proxy) -> None:
    """The bound that is left when a process dies before it can make up for a deletion."""
    async with serve(cache_ttl=1) as other:
        async with serve(redis_url=line.url, cache_ttl=1) as client:
            ada = (await client.post("/users", json=ADA)).headers["location"]
            await other.get(ada)
            await line.cut()
            await client.put(ada, json=NEW)

        async def fresh() -> bool:
            return bool((await other.get(ada)).json()["email"] == NEW["email"])

        started = time.monotonic()
        await until(fresh)
        assert time.monotonic() - started < 30


def patient(addresses: Addresses, **given: object) -> Settings:
    urls = {"database_url": addresses.database_url, "redis_url": addresses.redis_url}
    return Settings.model_validate(urls | {"cache_timeout": 10} | given)


async def test_a_deletion_that_is_refused_for_ever_is_given_up_with_the_last_entry(
    addresses: Addresses, valkey: Any
) -> None:
    """It matters no longer than an entry can live."""
    options = valkey.connection_pool.connection_kwargs
    url = f"redis://deny:x@{options['host']}:{options['port']}/{options['db']}"
    valkey.execute_command("ACL", "SETUSER", "deny", "on", ">x", "~*", "+@all", "-del")
    try:
        async with Redis.from_url(url) as client:
            store = Store(client, patient(addresses, cache_ttl=1, lease_ttl=1))
            with pytest.raises(ResponseError):
                await store.forget("user:1")
            assert list(store.owed) == ["user:1"]
            with pytest.raises(StoreAway):
                await store.get("user:1")

            async def forgiven() -> bool:
                return not store.owed

            await until(forgiven)
            assert not store.away
            assert await store.get("user:1") is None
            await store.close()
    finally:
        valkey.execute_command("ACL", "DELUSER", "deny")


async def test_a_deletion_owed_anew_while_the_repair_is_at_it_stays_owed(
    addresses: Addresses, line: Proxy
) -> None:
    async with Redis.from_url(line.url) as client:
        store = Store(client, patient(addresses))
        await client.ping()
        line.freeze_answers()
        store.owe("user:1")
        await asyncio.sleep(0.2)  # the repair has sent its deletion
        store.owe("user:1")
        line.flowing.set()
        await until(lambda: repaired(store))
        await store.close()


async def repaired(store: Store) -> bool:
    return not store.owed


async def test_a_note_whose_answer_was_lost_is_taken_away(
    addresses: Addresses, line: Proxy, valkey: Any
) -> None:
    """Its reader never knew that the lease was its own: others would wait for it in vain."""
    async with Redis.from_url(line.url) as client:
        store = Store(client, patient(addresses, cache_timeout=0.5))
        await client.ping()
        line.freeze_answers()
        with pytest.raises(StoreAway):
            await store.lease("user:1", b"lease:mine", 1000)
        assert valkey.get("user:1") == b"lease:mine"
        line.flowing.set()
        await until(lambda: repaired(store))
        assert not valkey.exists("user:1")
        assert await store.lease("user:1", b"lease:next", 1000) is None
        await store.close()


async def test_questions_of_one_moment_travel_together() -> None:
    sent: list[list[Command]] = []
    gate = asyncio.Event()

    async def exchange(commands: list[Command]) -> list[Any]:
        sent.append(commands)
        await gate.wait()
        return [[words[1] for _ in words[1:]] for words, _ in commands]

    batch = Batch(exchange)
    first = [asyncio.create_task(batch.get(key)) for key in ("a", "b", "a")]
    told = asyncio.create_task(batch.run("DEL", "c"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    late = asyncio.create_task(batch.get("a"))
    await asyncio.sleep(0)
    first[1].cancel()
    gate.set()
    assert list(await asyncio.gather(first[0], first[2], told, late)) == ["a", "a", ["c"], "a"]
    assert [[words for words, _ in commands] for commands in sent] == [
        [("MGET", "a", "b"), ("DEL", "c")],
        [("MGET", "a")],  # nobody joins an exchange that has begun
    ]


async def test_an_exchange_that_fails_fails_for_those_who_asked() -> None:
    faults = [OSError("gone")]

    async def exchange(_: list[Command]) -> list[Any]:
        await asyncio.sleep(0)
        if faults:
            raise faults.pop()
        return [[b"1"]]

    batch = Batch(exchange)
    lost = [asyncio.create_task(batch.get("a")) for _ in range(3)]
    lost.append(asyncio.create_task(batch.run("DEL", "a")))
    await asyncio.sleep(0)
    lost[2].cancel()
    results = await asyncio.gather(*lost, return_exceptions=True)
    assert [type(one) for one in results] == [OSError, OSError, asyncio.CancelledError, OSError]
    assert await batch.get("a") == b"1"


async def test_a_refusal_meets_whom_it_belongs_to(addresses: Addresses, valkey: Any) -> None:
    """Valkey refuses one command of an exchange; the others are answered."""
    valkey.set("user:1", b"here")
    async with Redis.from_url(addresses.redis_url) as client:
        store = Store(client, patient(addresses))
        asked = [store.ask("LPUSH", "user:1", "no list"), store.get("user:1"), store.ask("PING")]
        answers = await asyncio.gather(*asked, return_exceptions=True)
        assert isinstance(answers[0], ResponseError)
        assert (*answers[1:], store.away) == (b"here", True, False)
        await store.close()
