"""Several copies of the service as processes, on servers that are killed under load."""

import asyncio
import os
import re
import signal
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import httpx
import pytest
import redis
from tests.user_service.program import Program, environment, running
from tests.user_service.support import ADA, wait_for_a_lock

from local_servers import Addresses, binaries, local_servers

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(120)]
NO_LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=None)
Start = Callable[..., Program]


@pytest.fixture
def start(root: Path, addresses: Addresses) -> Iterator[Start]:
    """Start copies of the service; all are killed at the end."""
    with ExitStack() as stack:

        def starting(where: Addresses = addresses, **given: str) -> Program:
            quiet = {"CACHE_TIMEOUT": "20", "ACQUIRE_TIMEOUT": "20", "COMMAND_TIMEOUT": "40"}
            return stack.enter_context(running(environment(root, where, **quiet | given)))

        yield starting


async def lookups(connection: asyncpg.Connection) -> int:
    """How many statements have looked for rows of `users`, by sessions that are over."""
    sql = "SELECT seq_scan + coalesce(idx_scan, 0) FROM pg_stat_user_tables WHERE relname = 'users'"
    return int(await connection.fetchval(sql))


async def test_a_thousand_misses_in_two_processes_are_one_select(
    start: Start, addresses: Addresses
) -> None:
    programs = [start(LEASE_TTL="60") for _ in range(2)]
    database = await asyncpg.connect(addresses.database_url)
    async with httpx.AsyncClient(timeout=60) as client:
        user = (await client.post(f"{programs[0].url}/users", json=ADA)).headers["location"]
        before = await lookups(database)
        async with database.transaction():
            await database.execute("LOCK TABLE users")
            urls = [f"{programs[number % 2].url}{user}" for number in range(1000)]
            requests = [asyncio.create_task(status_of(url)) for url in urls]
            await wait_for_a_lock(database)
            while sum([await waiting(client, one.url) for one in programs]) < 1000:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        answers = await asyncio.gather(*requests)
    assert Counter(answers) == {200: 1000}
    for program in programs:
        program.process.send_signal(signal.SIGTERM)
        program.process.wait(30)
    assert await lookups(database) == before + 1
    await database.close()


async def status_of(url: str) -> int:
    """Send a GET on a connection of its own: a thousand in one client are slow to make."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(f"GET {parts.path} HTTP/1.1\r\nHost: service\r\n\r\n".encode())
    line = await reader.readline()
    writer.close()
    return int(line.split()[1])


async def waiting(client: httpx.AsyncClient, url: str) -> int:
    """How many requests have come and have not been answered."""
    metrics = (await client.get(f"{url}/metrics")).text
    found = re.search(r"^http_requests_in_progress (\d+)", metrics, re.MULTILINE)
    assert found, metrics
    return int(found[1]) - 1  # this one


class Balancer:
    """Sends a request to a copy that is ready, as a proxy in front of the service would."""

    def __init__(self, client: httpx.AsyncClient, urls: list[str]) -> None:
        self._client, self._urls = client, urls
        self.ready = list(urls)
        self.failures: list[object] = []
        self.served: Counter[str] = Counter()
        self.sent: Counter[str] = Counter()
        self.stopping = False

    def uses(self, url: str) -> bool:
        return url in self.ready or self.sent[url] > self.served[url]

    async def look(self) -> None:
        while not self.stopping:
            self.ready = [url for url in self._urls if await self._is_ready(url)]
            await asyncio.sleep(0.02)

    async def _is_ready(self, url: str) -> bool:
        try:
            return (await self._client.get(f"{url}/readyz")).status_code == 200
        except httpx.TransportError:
            return False

    async def send(self, path: str) -> None:
        while not self.stopping:
            url = self.ready[sum(self.served.values()) % len(self.ready)]
            self.sent[url] += 1
            try:
                answer = await self._client.get(f"{url}{path}")
            except httpx.TransportError as error:
                self.failures.append(error)
            else:
                self.served[url] += 1
                if answer.status_code != 200:
                    self.failures.append(answer.text)


async def test_behind_a_proxy_that_honours_readiness_no_request_fails(start: Start) -> None:
    """Two of three copies are ended, one after the other, under load.

    A first SIGTERM lowers readiness. The second one stands for the end of DRAIN_SECONDS, which
    a machine under load could otherwise overrun before the balancer has looked.
    """
    programs = [start(DRAIN_SECONDS="1000") for _ in range(3)]
    async with httpx.AsyncClient(limits=NO_LIMITS, timeout=60) as client:
        user = (await client.post(f"{programs[0].url}/users", json=ADA)).headers["location"]
        balancer = Balancer(client, [one.url for one in programs])
        tasks = [asyncio.create_task(balancer.look())]
        tasks += [asyncio.create_task(balancer.send(user)) for _ in range(8)]
        for program in programs[:2]:
            served = balancer.served[program.url]
            while balancer.served[program.url] < served + 20:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            program.process.send_signal(signal.SIGTERM)
            while balancer.uses(program.url):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            program.process.send_signal(signal.SIGTERM)
            while program.process.poll() is None:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        balancer.stopping = True
        await asyncio.gather(*tasks)
    assert balancer.failures == []
    assert balancer.ready == [programs[2].url]


class Load:
    """Readers that go on and on, and what they are answered with."""

    def __init__(self) -> None:
        self.seen: Counter[int] = Counter()
        self.going = True

    async def read(self, client: httpx.AsyncClient, path: str) -> None:
        while self.going:
            self.seen[(await client.get(path)).status_code] += 1

    async def until(self, status: int, count: int = 30) -> None:
        """Wait for so many more answers with this status."""
        wanted = self.seen[status] + count
        while self.seen[status] < wanted:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@asynccontextmanager
async def loaded(url: str) -> AsyncIterator[tuple[httpx.AsyncClient, Load, str]]:
    async with httpx.AsyncClient(base_url=url, limits=NO_LIMITS, timeout=60) as client:
        path = (await client.post("/users", json=ADA)).headers["location"]
        load = Load()
        readers = [asyncio.create_task(load.read(client, path)) for _ in range(8)]
        try:
            yield client, load, path
        finally:
            load.going = False
            await asyncio.gather(*readers, return_exceptions=True)
        assert not [reader for reader in readers if reader.exception()]


@pytest.fixture
def own_servers() -> Iterator[Addresses]:
    """Servers that a test may kill; without `durable`, a crash would take the tables along."""
    with local_servers(durable=True, environ={}) as addresses:
        yield addresses


@contextmanager
def valkey_on(port: int | None, folder: Path) -> Iterator[None]:
    program = str(binaries.valkey().executable)
    given = ["--port", str(port), "--save", "", "--dir", str(folder)]
    with subprocess.Popen([program, *given], stdout=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.kill()


async def test_valkey_killed_under_load_costs_no_answer(
    start: Start, own_servers: Addresses, tmp_path: Path
) -> None:
    program = start(own_servers)
    port = urlsplit(own_servers.redis_url).port
    with redis.Redis.from_url(own_servers.redis_url) as valkey:
        info: Any = valkey.info("server")
    async with loaded(program.url) as (client, load, path):
        await load.until(200)
        os.kill(info["process_id"], signal.SIGKILL)
        await load.until(200)
        new = {"username": "ada", "email": "new@example.com"}
        assert (await client.put(path, json=new)).status_code == 200
        assert (await client.get(path)).json()["email"] == new["email"]
        with valkey_on(port, tmp_path):
            while (await client.get("/readyz")).json()["cache"] == "down":  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            await load.until(200)
            assert (await client.get(path)).json()["email"] == new["email"]
        await load.until(200)
    assert set(load.seen) == {200}


async def test_postgres_crashing_under_load_costs_no_answer_that_the_cache_has(
    start: Start, own_servers: Addresses
) -> None:
    """Killing one of its processes makes PostgreSQL end all, recover, and start again."""
    program = start(own_servers, COMMAND_TIMEOUT="2", ACQUIRE_TIMEOUT="2")
    async with loaded(program.url) as (client, load, _):
        await load.until(200)
        victim = await asyncpg.connect(own_servers.database_url)
        os.kill(await victim.fetchval("SELECT pg_backend_pid()"), signal.SIGKILL)
        answers: Counter[int] = Counter()
        while not answers[201]:
            number = answers.total()
            new = {"username": f"user {number}", "email": f"{number}@example.com"}
            answers[(await client.post("/users", json=new)).status_code] += 1
        assert set(answers) <= {201, 503}
        await load.until(200)
        victim.terminate()
    assert set(load.seen) == {200}
