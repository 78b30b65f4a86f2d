"""On a cluster of three nodes the cache promises what it does on one server.

The first tests are those of one server, taken from their files; here they run on the cluster.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import redis
from tests.user_service import test_cache, test_linearizability
from tests.user_service.support import Serve, Statements
from tests.user_service.valkey_cluster import Nodes, valkey_cluster

from local_servers import Addresses
from user_service.settings import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(120)]
USERS = 30

test_a_held_fill = test_cache.test_a_held_fill_leaves_no_ghost
test_an_old_lease = test_cache.test_a_reader_with_an_old_lease_does_not_fill_over_a_new_one
test_one_select = test_cache.test_readers_of_a_cold_key_make_one_select
test_many_users = test_cache.test_many_users_at_once
test_no_interleaving = test_cache.test_no_interleaving_leaves_an_old_user
test_a_dead_reader = test_cache.test_a_reader_takes_over_from_one_that_died
test_an_unknown_user = test_cache.test_an_unknown_user_is_remembered_and_then_created
test_another_type = test_cache.test_an_entry_of_another_type_is_dropped_and_loaded
test_a_retried_delete = test_cache.test_a_retry_of_a_delete_invalidates_too
test_one_order = (
    test_linearizability.test_reads_and_changes_of_a_user_through_two_copies_have_one_order
)


@pytest.fixture(scope="module")
def shared_nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    with valkey_cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


@pytest.fixture
def nodes(shared_nodes: Nodes) -> Nodes:
    for node in shared_nodes.all:
        node.ask("FLUSHALL")
    return shared_nodes


@pytest.fixture
def addresses(emptied: Addresses, nodes: Nodes) -> Addresses:
    return Addresses(emptied.database_url, nodes.url)


@pytest.fixture
def serve(serve: Serve) -> Serve:
    """Open a client of a service whose cache is the cluster."""
    return lambda **given: serve(**{"redis_cluster": True} | given)


@pytest.fixture
def valkey(addresses: Addresses) -> Iterator[Any]:
    with redis.RedisCluster.from_url(addresses.redis_url) as connection:
        yield connection


async def filled(client: httpx.AsyncClient) -> list[str]:
    """Create users, read each of them once, and return their addresses."""
    new = [{"username": f"user {n}", "email": f"{n}@example.com"} for n in range(USERS)]
    paths = [(await client.post("/users", json=one)).headers["location"] for one in new]
    for path in paths:
        assert (await client.get(path)).status_code == 200
    return paths


async def test_keys_of_all_nodes_are_read_together(
    client: httpx.AsyncClient, nodes: Nodes, statements: Statements
) -> None:
    paths = await filled(client)
    assert all(node.ask("DBSIZE") > 0 for node in nodes.all)
    before = statements.selects
    answers = await asyncio.gather(*(client.get(path) for path in paths for _ in range(5)))
    assert statements.selects == before
    for path, answer in zip([path for path in paths for _ in range(5)], answers, strict=True):
        assert f"/users/{answer.json()['id']}" == path


class Load:
    """Readers of all users, who look at every answer: never a failure, never an older user."""

    def __init__(self, client: httpx.AsyncClient, paths: list[str]) -> None:
        self._client, self._paths = client, paths
        self.answers = 0
        self.changed: dict[str, int] = dict.fromkeys(paths, 1)
        self.going = True

    async def read(self, first: int) -> None:
        while self.going:
            path = self._paths[(first + self.answers) % USERS]
            expected = self.changed[path]
            answer = await self._client.get(path)
            assert answer.status_code == 200
            assert int(answer.headers["etag"].strip('"')) >= expected
            self.answers += 1

    async def change_all(self) -> None:
        for path in self._paths:
            answer = await self._client.patch(path, json={"email": f"a{path[7:]}@example.com"})
            assert answer.status_code == 200
            self.changed[path] += 1

    async def go_on(self) -> None:
        wanted = self.answers + 10 * USERS
        while self.answers < wanted:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@asynccontextmanager
async def loaded(client: httpx.AsyncClient) -> AsyncIterator[Load]:
    load = Load(client, await filled(client))
    readers = [asyncio.create_task(load.read(number)) for number in range(4)]
    try:
        yield load
    finally:
        load.going = False
        await asyncio.gather(*readers)


async def cache_is(client: httpx.AsyncClient, state: str) -> None:
    while (await client.get("/readyz")).json()["cache"] != state:  # noqa: ASYNC110
        await asyncio.sleep(0.02)


@pytest.fixture
def own_nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    with valkey_cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


FAULTS: dict[str, tuple[Callable[[Any], None], Callable[[Any], None]]] = {
    "killed": (lambda node: node.kill(), lambda node: node.start()),
    "frozen": (lambda node: node.freeze(), lambda node: node.thaw()),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("victim", [0, 2])
async def test_without_one_node_no_request_fails_and_none_is_old(
    serve: Serve, own_nodes: Nodes, fault: str, victim: int
) -> None:
    """The first node is the one that REDIS_URL names."""
    hurt, heal = FAULTS[fault]
    url = own_nodes.url
    async with serve(redis_url=url, cache_timeout=0.3) as client, loaded(client) as load:
        await load.go_on()
        hurt(own_nodes.all[victim])
        await load.go_on()
        await load.change_all()
        await load.go_on()
        await asyncio.to_thread(heal, own_nodes.all[victim])
        await cache_is(client, "up")
        await load.go_on()
        await load.change_all()
        await load.go_on()
        assert (await client.get("/readyz")).json()["cache"] == "up"


async def test_a_node_that_is_no_cluster_is_a_cache_that_is_down(
    serve: Serve, emptied: Addresses
) -> None:
    async with serve(redis_url=emptied.redis_url.rpartition("/")[0]) as client:
        assert (await client.get("/users/1")).status_code == 404
        assert (await client.get("/readyz")).json()["cache"] == "down"


@pytest.mark.parametrize("url", ["redis://cache/2", "unix:///run/valkey.sock"])
def test_an_address_that_no_cluster_has_is_refused(url: str) -> None:
    given = {"database_url": "postgresql://db/users", "redis_url": url, "redis_cluster": True}
    with pytest.raises(ValueError, match=r"redis_cluster\n.*database 0 only"):
        Settings.model_validate(given)
