"""Empty databases on servers that are running, and the servers' versions.

asyncpg and redis are imported where they are used: together they take longer to import than
the servers take to start, and the guardian, which imports this package, needs neither.
"""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from local_servers.errors import NoEmptyDatabase
from local_servers.launcher import Addresses

if TYPE_CHECKING:
    from redis import Redis

LOGICAL_DATABASES = 16  # Valkey's default
CLAIM = "local-servers-scratch"


@contextmanager
def scratch(addresses: Addresses) -> Iterator[Addresses]:
    """Yield the addresses of a new PostgreSQL database and an empty logical database of Valkey.

    At the end the one is dropped and the other emptied. What the servers hold besides stays as it
    is, but for what Valkey keeps once for all its databases: settings, functions, channels.
    Use it where no event loop is running.

    Raises:
        NoEmptyDatabase: the Valkey has no empty database.
        asyncpg.PostgresError: the user may not create databases, for example.
        OSError: PostgreSQL does not answer.
        redis.RedisError: Valkey does not answer.
    """
    with ExitStack() as stack:
        redis_url = stack.enter_context(_empty_valkey(addresses.redis_url))
        database_url = stack.enter_context(_empty_postgres(addresses.database_url))
        yield Addresses(database_url, redis_url)


def versions(addresses: Addresses) -> dict[str, str]:
    """Ask the running servers, such as {"postgresql": "18.6", "valkey": "9.1.2"}.

    A Redis server stands under "redis".
    """
    answer = asyncio.run(_query(addresses.database_url, "show server_version"))
    with _connect(addresses.redis_url) as client:
        info: Any = client.info("server")
    name = "valkey" if "valkey_version" in info else "redis"
    return {"postgresql": answer.split()[0], name: info[f"{name}_version"]}


@contextmanager
def _empty_postgres(url: str) -> Iterator[str]:
    name = f"scratch_{secrets.token_hex(8)}"
    # template1 may hold what its owner put there; template0 is as PostgreSQL was delivered.
    asyncio.run(_query(url, f"create database {name} template template0"))
    try:
        yield _with_database(url, name, ("dbname", "database"))
    finally:
        asyncio.run(_query(url, f"drop database {name} with (force)"))


@contextmanager
def _empty_valkey(url: str) -> Iterator[str]:
    for number in range(LOGICAL_DATABASES):
        candidate = _with_database(url, str(number), ("db",))
        with _connect(candidate) as client:
            if _claim(client, number):
                try:
                    yield candidate
                finally:
                    client.flushdb()
                return
    raise NoEmptyDatabase(
        f"None of the {LOGICAL_DATABASES} databases of {urlsplit(url).netloc} is empty and free."
        " Empty one (FLUSHDB), or unset REDIS_URL: a new Valkey is then started for you."
    )


def _claim(client: "Redis", number: int) -> bool:
    """Take an empty logical database, unless another scratch has: that one comes first.

    The claim is the open connection's name, because a key would make the database non-empty. It
    ends with the connection, and of two that claim at once both see who connected earlier.
    """
    name = f"{CLAIM}-{number}"
    client.client_setname(name)
    clients: Any = client.client_list()
    first = min(int(other["id"]) for other in clients if other["name"] == name)
    return client.dbsize() == 0 and first == client.client_id()


def _connect(url: str) -> "Redis":
    from redis import Redis  # noqa: PLC0415 — see above

    return Redis.from_url(url, single_connection_client=True)


async def _query(url: str, sql: str) -> str:
    import asyncpg  # noqa: PLC0415 — see above

    connection = await asyncpg.connect(url)
    try:
        return str(await connection.fetchval(sql))
    finally:
        await connection.close()


def _with_database(url: str, name: str, parameters: tuple[str, ...]) -> str:
    """Name another database in a URL; parameters that would name one too are left out."""
    parts = urlsplit(url)
    query = [pair for pair in parts.query.split("&") if pair.partition("=")[0] not in parameters]
    question = "?" + "&".join(query) if any(query) else ""
    return f"{parts.scheme}://{parts.netloc}/{name}{question}"
