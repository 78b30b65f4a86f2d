"""A cluster of Valkey or Redis in the place of one server (REDIS_CLUSTER).

A user's entry, lease and tombstone stand under one key, one after the other, so whatever the
cluster does, they are in one slot on one node. Only two commands name several keys, MGET and DEL:
they are taken apart. A node that does not answer is the cache that does not answer: the store
passes all of it over until every node is back.
https://valkey.io/topics/cluster-spec/
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from redis.asyncio.cluster import RedisCluster
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ClusterDownError, RedisClusterException, ResponseError

from user_service.settings import Settings


class Cluster:
    """Does for a cluster what `redis.asyncio.Redis` does for one server, as the store needs it.

    All but `pipeline` raise `redis.RedisError` or `OSError` when a node is missing.

    Args:
        settings: the address of one node, the size and the time limits.
    """

    def __init__(self, settings: Settings) -> None:
        self._client = RedisCluster.from_url(
            settings.redis_url.get_secret_value(),
            max_connections=settings.cache_size,  # for one node
            # Shorter than the store's limit: so the client notices, and asks who took over.
            socket_timeout=settings.cache_timeout / 2,
            socket_connect_timeout=settings.cache_timeout / 2,
            retry=Retry(NoBackoff(), 0),
        )

    def pipeline(self, *, transaction: bool) -> "Exchange":  # noqa: ARG002 — there are none
        """Return what collects commands, to send them together."""
        return Exchange(self._client)

    async def ping(self) -> None:
        """Ask all nodes whether they are there."""
        with _one_for_all():
            await self._client.ping()

    async def delete(self, *keys: str) -> None:
        """Delete keys, and make sure that all nodes are there."""
        with _one_for_all():
            await self._client.delete(*keys)
            await self._client.ping()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()


class Exchange:
    """Commands that go out together: one message to each node that has some of their keys.

    Args:
        client: the cluster.
    """

    def __init__(self, client: RedisCluster) -> None:
        self._client, self._pipeline = client, client.pipeline()
        self._sizes: list[int | None] = []

    # --8<-- [start:slots]
    def execute_command(self, *words: Any, **options: Any) -> None:  # noqa: ANN401
        """Add a command."""
        name, *keys = words
        self._sizes.append(len(keys) if name in {"MGET", "PING"} else None)
        if name == "MGET":
            for key in keys:
                self._pipeline.execute_command("MGET", key)
        elif name != "PING":  # that one has no key, and goes to all nodes
            self._pipeline.execute_command(*words, **options)

    async def execute(self, *, raise_on_error: bool) -> list[Any]:
        """Send the commands, and return their answers; a refusal is one of them.

        Args:
            raise_on_error: as for redis-py, where it says whether to raise a refusal.
        """
        with _one_for_all():
            answers = await self._pipeline.execute(raise_on_error=raise_on_error)
            for answer in answers:
                refused = isinstance(answer, ResponseError)
                if isinstance(answer, ClusterDownError if refused else Exception):
                    raise answer
            if 0 in self._sizes:
                await self._client.ping()
        left = iter(answers)
        return [
            next(left) if size is None else [_only(found) for found in islice(left, size)]
            for size in self._sizes
        ]

    # --8<-- [end:slots]


def _only(found: Any) -> Any:  # noqa: ANN401
    """Return the value of an MGET for one key; a refusal as it is."""
    return found if isinstance(found, Exception) else found[0]


@contextmanager
def _one_for_all() -> Iterator[None]:
    """Let the absence of a node, which redis-py tells in several ways, be one of the cache."""
    try:
        yield
    except (ClusterDownError, RedisClusterException) as error:
        raise ConnectionError(str(error)) from error
