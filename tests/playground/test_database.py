"""PostgreSQL and Valkey of the tab, and what psql.js prints against what psql itself prints."""

import asyncio
import json
import os
import subprocess
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
import redis

from listings.listing import find_listings
from listings.records import printed as recorded
from local_servers import Addresses, scratch

HERE = Path(__file__).with_name("database")
SCRIPTS = sorted((HERE / "scripts").glob("*.sql"))
FINISHED = [path for path in SCRIPTS if not path.name.startswith("unfinished")]


@pytest.fixture(scope="session")
def node(root: Path, programs: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment in which the project's Node finds the prepared data."""
    prepared = tmp_path_factory.mktemp("prepared")
    environment = os.environ | {"PATH": programs, "PREPARED_DATA": str(prepared)}
    script = root / "src/playground/database/prepare_data.mjs"
    subprocess.run(["node", script, prepared], env=environment, check=True, timeout=120)
    return environment


@pytest.fixture(scope="session")
def in_the_tab(root: Path, node: dict[str, str]) -> dict[Path, str]:
    """What psql.js prints for each script and each SQL listing, on the tab's PostgreSQL."""
    listings = [one.path for one in find_listings(root) if one.language == "sql"]
    return print_scripts([*SCRIPTS, *listings], node)


@pytest.fixture(scope="session")
def typed_in_the_tab(node: dict[str, str]) -> dict[Path, str]:
    """What psql.js prints when the lines of the scripts are typed at its prompt."""
    return print_scripts(["--console", *FINISHED], node)


def print_scripts(arguments: list[str | Path], node: dict[str, str]) -> dict[Path, str]:
    done = subprocess.run(
        ["node", HERE / "print_scripts.mjs", *arguments],
        env=node,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    return {Path(path): text for path, text in json.loads(done.stdout).items()}


def print_with_psql(path: Path, programs: str, servers: Addresses, *options: str) -> list[str]:
    """What psql prints on an empty database, stderr among it."""
    with scratch(servers) as fresh, path.open("rb") as script:
        done = subprocess.run(
            ["psql", "--no-psqlrc", "--pset=pager=off", *options, fresh.database_url],
            env={"PATH": programs, "LANG": "C.UTF-8", "PGTZ": "UTC"},
            stdin=script,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
    return done.stdout.splitlines()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("path", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.name)
def test_in_node(path: Path, node: dict[str, str]) -> None:
    done = subprocess.run(
        ["node", "--test", "--test-reporter=spec", path],
        env=node,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.timeout(240)
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_psql_js_prints_what_psql_prints(
    path: Path, servers: Addresses, programs: str, in_the_tab: dict[Path, str]
) -> None:
    theirs = print_with_psql(path, programs, servers, "--quiet")
    assert in_the_tab[path].splitlines() == theirs


@pytest.mark.timeout(240)
@pytest.mark.parametrize("path", FINISHED, ids=lambda path: path.name)
def test_its_prompt_prints_what_psql_prints(
    path: Path, servers: Addresses, programs: str, typed_in_the_tab: dict[Path, str]
) -> None:
    ours = typed_in_the_tab[path].splitlines()
    hint = "Try \\? for help."  # psql says so only on a terminal
    assert [line for line in ours if line != hint] == print_with_psql(path, programs, servers)


@pytest.mark.timeout(240)
def test_sql_listings_print_what_is_recorded(root: Path, in_the_tab: dict[Path, str]) -> None:
    listings = [one for one in find_listings(root) if one.language == "sql"]
    assert listings
    for listing in listings:
        lines = [line.rstrip() for line in in_the_tab[listing.path].splitlines()]
        assert [line for line in lines if line] == recorded(listing), listing.path


@pytest.fixture(scope="module")
def ports(node: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Where the tab's PostgreSQL and Valkey answer real drivers."""
    with subprocess.Popen(
        ["node", HERE / "bridge.mjs"],
        env=node,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdin
        assert process.stdout
        postgres, valkey = process.stdout.readline().split()
        yield int(postgres), int(valkey)
        process.stdin.close()
        process.wait(10)


async def use_asyncpg(url: str) -> None:
    one = await asyncpg.connect(url)
    other = await asyncpg.connect(url, server_settings={"application_name": "other"})
    assert await other.fetchval("SHOW application_name") == "other"
    assert not await one.fetchval("SHOW application_name")

    await one.execute("CREATE TABLE t (id int PRIMARY KEY, tags text[], at timestamptz)")
    now = datetime.now(UTC)
    await one.executemany("INSERT INTO t VALUES ($1, $2, $3)", [(n, ["ä"], now) for n in range(9)])
    row = await other.fetchrow("SELECT * FROM t WHERE id = $1", 8)
    assert tuple(row or ()) == (8, ["ä"], now)
    with pytest.raises(asyncpg.UniqueViolationError, match="already exists"):
        await one.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(asyncpg.FeatureNotSupportedError, match="COPY FROM STDIN does not work"):
        await one.copy_records_to_table("t", records=[(10, [], now)])

    async with one.transaction():
        rows = [row[0] async for row in one.cursor("SELECT generate_series(1, 500)")]
        with pytest.raises(asyncpg.LockNotAvailableError, match="another connection is in a tr"):
            await other.fetchval("SELECT 1")
    assert len(rows) == 500
    assert await other.fetchval("SELECT count(*) FROM t") == 9

    heard: asyncio.Queue[str] = asyncio.Queue()
    await one.add_listener("news", lambda *event: heard.put_nowait(event[-1]))
    await other.execute("NOTIFY news, 'hello'")
    assert await asyncio.wait_for(heard.get(), 5) == "hello"

    with pytest.raises(TimeoutError):
        await one.fetchval("SELECT pg_sleep(0.5)", timeout=0.1)
    await one.close()
    await other.close()


async def use_a_pool(url: str) -> None:
    async def work(pool: asyncpg.Pool, number: int) -> int:
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute("INSERT INTO numbers VALUES ($1)", number)
            return int(await connection.fetchval("SELECT count(*) FROM numbers"))

    async with asyncpg.create_pool(url, min_size=3, max_size=3) as pool:
        await pool.execute("CREATE TABLE numbers (n int)")
        counts = await asyncio.gather(*(work(pool, number) for number in range(30)))
    assert sorted(counts) == list(range(1, 31))


@pytest.mark.timeout(240)
@pytest.mark.parametrize("use", [use_asyncpg, use_a_pool])
def test_asyncpg(use: Callable[[str], Coroutine[None, None, None]], ports: tuple[int, int]) -> None:
    asyncio.run(use(f"postgresql://postgres:any-password@127.0.0.1:{ports[0]}/postgres"))


@pytest.mark.timeout(240)
def test_redis_py(ports: tuple[int, int]) -> None:
    with redis.Redis(port=ports[1], decode_responses=True) as client:
        assert client.pipeline().set("a", 1).incr("a").execute() == [True, 2]
        assert client.blpop(["q"], timeout=0.1) is None
        assert client.eval("return redis.call('get', KEYS[1])", 1, "a") == "2"
        large = "x" * 3_000_000
        client.set("large", large)
        assert client.get("large") == large
        with client.pubsub(ignore_subscribe_messages=True) as listener:
            listener.subscribe("news")
            listener.get_message(timeout=5)
            client.publish("news", "hello")
            assert listener.get_message(timeout=5)["data"] == "hello"
