import asyncio
from collections.abc import Iterator

import asyncpg
import pytest
from redis import Redis

from local_servers import Addresses, NoEmptyDatabase, scratch


@pytest.fixture
def own(addresses: Addresses) -> Iterator[Addresses]:
    """Servers with somebody's data on them."""
    asyncio.run(execute(addresses.database_url, "create table mine as select 1 as kept"))
    write(addresses.redis_url, "mine")
    yield addresses
    asyncio.run(execute(addresses.database_url, "drop table mine"))
    with Redis.from_url(addresses.redis_url) as client:
        client.flushall()


async def execute(url: str, sql: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(sql)
    finally:
        await connection.close()


def tables(url: str) -> list[str]:
    sql = "select tablename from pg_tables where schemaname = 'public'"
    return [row["tablename"] for row in asyncio.run(execute(url, sql))]


def databases(url: str) -> set[str]:
    return {row["datname"] for row in asyncio.run(execute(url, "select datname from pg_database"))}


def write(url: str, key: str) -> None:
    with Redis.from_url(url) as client:
        client.set(key, "kept")


def keys(url: str) -> list[bytes]:
    with Redis.from_url(url) as client:
        return list(client.scan_iter())


def test_gives_empty_databases_and_leaves_the_data_alone(own: Addresses) -> None:
    before = databases(own.database_url)
    with scratch(own) as empty:
        assert (tables(empty.database_url), keys(empty.redis_url)) == ([], [])
        asyncio.run(execute(empty.database_url, "create table theirs ()"))
        write(empty.redis_url, "theirs")
    assert databases(own.database_url) == before
    assert keys(empty.redis_url) == []
    assert (tables(own.database_url), keys(own.redis_url)) == (["mine"], [b"mine"])


def test_two_at_once_are_apart_even_while_both_are_empty(own: Addresses) -> None:
    with scratch(own) as first:
        with scratch(own) as second:
            write(first.redis_url, "first")
            assert (keys(first.redis_url), keys(second.redis_url)) == ([b"first"], [])
        assert keys(first.redis_url) == [b"first"]


def test_says_so_when_no_logical_database_is_empty(own: Addresses) -> None:
    urls = [own.redis_url.removesuffix("0") + str(number) for number in range(1, 16)]
    for url in urls:
        write(url, "mine")
    with pytest.raises(NoEmptyDatabase, match="FLUSHDB"), scratch(own):
        pass
    assert all(keys(url) == [b"mine"] for url in urls)
