"""The checker, tried on histories whose answer is known; then histories of the service."""

import asyncio
import itertools
import math
import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
import pytest
from tests.user_service import draft
from tests.user_service.linearizability import ABSENT, Operation, is_linearizable
from tests.user_service.support import ADA, Proxy, Serve, Statements

from local_servers import Addresses

pytestmark = pytest.mark.anyio
History = list[Operation]


@pytest.fixture
def addresses(emptied: Addresses) -> Addresses:
    return emptied


def read(value: str | None, called: float, returned: float) -> Operation:
    return Operation("read", value, called, returned)


def write(value: str | None, called: float, returned: float = math.inf) -> Operation:
    return Operation("write", value, called, returned)


@pytest.mark.parametrize(
    ("history", "answer"),
    [
        ([], True),
        ([write("a", 0, 1), read("a", 2, 3)], True),
        ([write("a", 0, 1), read(ABSENT, 2, 3)], False),  # older than a finished write
        ([write("a", 0, 3), read(ABSENT, 1, 2)], True),  # the write may come after
        ([write("a", 0, 9), read("a", 1, 2), read(ABSENT, 3, 4)], False),  # back in time
        ([write("a", 0, 9), read(ABSENT, 1, 2), read("a", 3, 4)], True),
        ([write("a", 0, 1), write("b", 0, 1), read("a", 2, 3), read("a", 4, 5)], True),
        ([write("a", 0, 1), write("b", 0, 1), read("a", 2, 3), read("b", 4, 5)], False),
        ([write("a", 0, 1), write(ABSENT, 2, 3), read("a", 4, 5)], False),  # the ghost
        ([write("a", 0), read(ABSENT, 1, 2), read("a", 3, 4)], True),  # took effect late
        ([write("a", 0), read(ABSENT, 1, 2)], True),  # or never
        ([read("a", 1, 2)], False),  # out of nowhere
        ([read("a", 0, 1), write("a", 2, 3)], False),  # before it was written
    ],
)
def test_the_checker_knows(history: History, answer: bool) -> None:  # noqa: FBT001
    assert is_linearizable(history) is answer
    assert is_linearizable(reversed(history)) is answer


def test_the_checker_agrees_with_trying_every_order() -> None:
    chance = random.Random(1)  # noqa: S311 — the same every time
    verdicts = set()
    for _ in range(400):
        history = []
        for _ in range(5):
            called = chance.randrange(8)
            value = chance.choice(["a", "b", ABSENT])
            kind = chance.choice(["read", "write"])
            history.append(Operation(kind, value, called, called + chance.randrange(1, 5)))
        expected = any(explains(order) for order in itertools.permutations(history))
        assert is_linearizable(history) is expected, history
        verdicts.add(expected)
    assert verdicts == {True, False}


def explains(order: tuple[Operation, ...]) -> bool:
    value = ABSENT
    for place, operation in enumerate(order):
        if any(later.returned < operation.called for later in order[place + 1 :]):
            return False
        if operation.kind == "write":
            value = operation.value
        elif operation.value != value:
            return False
    return True


class Recorder:
    """Sends requests for one user, and writes down when and what came back."""

    def __init__(self) -> None:
        self.histories: dict[str, History] = defaultdict(list)

    async def read(self, client: httpx.AsyncClient, user: str) -> None:
        called = time.perf_counter()
        answer = await client.get(user)
        assert answer.status_code in {200, 404}, answer.text
        self.histories[user].append(read(answer.json().get("email"), called, time.perf_counter()))

    async def write(self, client: httpx.AsyncClient, user: str, email: str) -> None:
        called = time.perf_counter()
        answer = await client.patch(user, json={"email": email})
        if answer.is_success:
            self.histories[user].append(write(email, called, time.perf_counter()))

    async def delete(self, client: httpx.AsyncClient, user: str) -> None:
        called = time.perf_counter()
        if (await client.delete(user)).is_success:
            self.histories[user].append(write(ABSENT, called, time.perf_counter()))


@asynccontextmanager
async def two_copies(serve: Serve) -> AsyncIterator[list[httpx.AsyncClient]]:
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(serve()) for _ in range(2)]


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_reads_and_changes_of_a_user_through_two_copies_have_one_order(
    serve: Serve, statements: Statements, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 — the same every time
    statements.pause = lambda: chance.random() ** 3 * 0.03  # between a SELECT and its fill
    recorder, names = Recorder(), itertools.count()
    async with two_copies(serve) as copies:
        users = []
        for number in range(4):
            new = {"username": f"user {number}", "email": f"first.{number}@example.com"}
            users.append((await copies[0].post("/users", json=new)).headers["location"])
            called = time.perf_counter()
            recorder.histories[users[-1]].append(write(new["email"], called, called))

        async def somebody() -> None:
            for _ in range(40):
                client, user = chance.choice(copies), chance.choice(users)
                if (draw := chance.random()) < 0.7:
                    await recorder.read(client, user)
                elif draw < 0.99:
                    await recorder.write(client, user, f"e{next(names)}@example.com")
                else:
                    await recorder.delete(client, user)
                await asyncio.sleep(chance.random() * 0.003)

        await asyncio.gather(*(somebody() for _ in range(8)))
        for user in users:
            await recorder.read(copies[0], user)
    for user, history in recorder.histories.items():
        assert len(history) > 20
        assert is_linearizable(history), user


async def test_the_first_drafts_design_has_none(addresses: Addresses) -> None:
    """The same recorder and checker, on the ghost: a slow reader, a deletion, a reader."""
    recorder, user = Recorder(), "/users/1"
    async with AsyncExitStack() as stack:
        proxy = await stack.enter_async_context(Proxy(addresses.database_url))
        copies = []
        for url in (addresses.database_url, proxy.url):
            app = await stack.enter_async_context(draft.in_process(url, addresses.redis_url))
            client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://draft")
            copies.append(await stack.enter_async_context(client))
        quick, slow = copies
        await quick.post("/users", json=ADA)
        recorder.histories[user].append(write(ADA["email"], 0, 0))
        await slow.get("/users/7")
        proxy.freeze_answers()
        reader = asyncio.create_task(recorder.read(slow, user))
        await proxy.held.wait()
        await recorder.delete(quick, user)
        proxy.flowing.set()
        await reader
        assert is_linearizable(recorder.histories[user])  # so far
        await recorder.read(quick, user)
        assert not is_linearizable(recorder.histories[user])
