"""The real drivers on the tab's servers: the same programs print the same in both worlds."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.playground.support import Outcome, Tab

from local_servers import Addresses

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

HERE = Path(__file__).parent / "drivers"
NEEDS = ["asyncpg", "redis", "postgresql", "valkey"]
CHECKS = [
    (driver, name)
    for driver in ("asyncpg", "redis")
    for name in re.findall(
        r"(?m)^@check\nasync def (\w+)", (HERE / f"{driver}_program.py").read_text("utf-8")
    )
]
Printed = Mapping[str, Mapping[str, str]]


def by_check(printed: str) -> dict[str, str]:
    """Return what a program printed for each of its checks."""
    return dict(line.split(": ", 1) for line in printed.splitlines())


@pytest.fixture(scope="module")
def native(servers: Addresses) -> Printed:
    """What the programs print on real servers."""
    drivers = ("asyncpg", "redis")
    return {one: by_check(run_natively(one, servers.environment)) for one in drivers}


def run_natively(driver: str, environment: dict[str, str]) -> str:
    command = [sys.executable, str(HERE / f"{driver}_program.py")]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, timeout=100
    )
    return done.stdout


@pytest.fixture(scope="module")
def in_the_tab(shared: Tab) -> Printed:
    """What the programs print in a tab."""
    texts = {
        driver: (HERE / f"{driver}_program.py").read_text("utf-8")
        for driver in ("asyncpg", "redis")
    }
    return {driver: by_check(said_by(shared.run(text, *NEEDS))) for driver, text in texts.items()}


@pytest.mark.parametrize(("driver", "check"), CHECKS)
def test_a_driver_does_the_same_in_both_worlds(
    native: Printed, in_the_tab: Printed, driver: str, check: str
) -> None:
    assert not native[driver][check].startswith("'raised"), native[driver][check]
    assert in_the_tab[driver][check] == native[driver][check]


def test_every_check_is_compared_and_nothing_else_is_printed(
    native: Printed, in_the_tab: Printed
) -> None:
    for driver in ("asyncpg", "redis"):
        names = [name for one, name in CHECKS if one == driver]
        assert list(native[driver]) == list(in_the_tab[driver]) == names


def said_by(outcome: Outcome) -> str:
    assert outcome.state == "done", outcome
    return outcome.on("stdout")


# What the tab cannot do


COPIES = """
import asyncio
import asyncpg

async def refused(awaitable):
    try:
        print("accepted", await awaitable)
    except asyncpg.PostgresError as error:
        print(type(error).__name__, error.sqlstate, str(error).splitlines()[0])

async def main():
    connection = await asyncpg.connect("postgresql://postgres@localhost/postgres")
    await connection.execute("CREATE TABLE loaded (id int)")
    await connection.execute("INSERT INTO loaded VALUES (1)")
    await refused(connection.copy_records_to_table("loaded", records=[(2,), (3,)]))
    await refused(connection.execute("COPY loaded FROM STDIN"))
    print(await connection.fetchval("SELECT count(*) FROM loaded"))
    async with connection.transaction():
        await connection.execute("INSERT INTO loaded VALUES (4)")
    print(await connection.fetchval("SELECT count(*) FROM loaded"))

asyncio.run(main())
"""


def test_copying_into_a_table_is_refused_at_once_and_kills_nothing(tab: Tab) -> None:
    refusal = "FeatureNotSupportedError 0A000 COPY FROM STDIN does not work in this tab"
    assert tab.run(COPIES, *NEEDS, seconds=20).done.splitlines() == [refusal, refusal, "1", "2"]


COPIES_TO_A_FILE = """
import asyncio
import io
import asyncpg

async def main():
    connection = await asyncpg.connect("postgresql://postgres@localhost/postgres")
    try:
        await connection.copy_from_query("SELECT 1", output=io.BytesIO())
    except RuntimeError as error:
        print(error)
    connection.terminate()  # asyncpg 0.32 waits for ever after a small COPY that failed here
    connection = await asyncpg.connect("postgresql://postgres@localhost/postgres")
    print(await connection.fetchval("SELECT 42"))

asyncio.run(main())
"""


def test_copying_to_a_file_is_refused_for_its_thread_and_kills_nothing(tab: Tab) -> None:
    printed = tab.run(COPIES_TO_A_FILE, *NEEDS, seconds=15).done
    assert printed == "can't start new thread\n42\n"


SECOND_SESSION = """
import asyncio
import asyncpg

address = "postgresql://postgres@localhost/postgres"

async def main():
    first, second = [await asyncpg.connect(address) for _ in "ab"]
    await first.execute("CREATE TABLE rows (id int)")
    async with first.transaction():
        await first.execute("INSERT INTO rows VALUES (1)")
        try:
            print(await second.fetchval("SELECT count(*) FROM rows"))
        except asyncpg.PostgresError as error:
            print(type(error).__name__, error.sqlstate, str(error).splitlines()[0])
        await first.execute("INSERT INTO rows VALUES (2)")
    print(await second.fetchval("SELECT count(*) FROM rows"))

asyncio.run(main())
"""


def test_a_second_session_during_a_transaction_is_told_and_both_go_on(tab: Tab) -> None:
    told, counted = tab.run(SECOND_SESSION, *NEEDS, seconds=30).done.splitlines()
    assert told.startswith("LockNotAvailableError 55P03 another connection is in a transaction")
    assert counted == "2"


NOBODY_ELSE = """
import asyncio
import asyncpg

address = "postgresql://postgres@localhost/postgres"

async def main():
    loop = asyncio.get_running_loop()
    first, second = [await asyncpg.connect(address) for _ in "ab"]
    for pause in (None, 2):
        async with first.transaction():
            began = loop.time()
            other = [] if pause is None else [asyncio.create_task(asyncio.sleep(pause))]
            try:
                await second.fetchval("SELECT 1")
            except asyncpg.PostgresError:
                print(pause, loop.time() - began)
            await asyncio.gather(*other)

asyncio.run(main())
"""


def test_who_waits_for_a_transaction_that_nothing_can_end_is_told_at_once(tab: Tab) -> None:
    """As long as a timer runs, it may end it: then the wait has a limit, of ten seconds."""
    printed = tab.run(NOBODY_ELSE, *NEEDS, seconds=40).done.split()
    alone, beside_a_timer = float(printed[1]), float(printed[3])
    assert alone < 2 <= beside_a_timer


def test_sessions_whose_transactions_do_not_overlap_take_turns(tab: Tab) -> None:
    text = """
        import asyncio, asyncpg

        async def add(pool, number):
            async with pool.acquire() as connection, connection.transaction():
                before = await connection.fetchval("SELECT coalesce(max(id), 0) FROM rows")
                await asyncio.sleep(0.01)
                await connection.execute("INSERT INTO rows VALUES ($1)", before + 1)

        address = "postgresql://postgres@localhost/postgres"

        async def main():
            async with asyncpg.create_pool(address, min_size=4) as pool:
                await pool.execute("CREATE TABLE rows (id int)")
                await asyncio.gather(*(add(pool, number) for number in range(8)))
                print(await pool.fetchval("SELECT array_agg(id ORDER BY id) FROM rows"))

        asyncio.run(main())
    """
    assert tab.run(text, *NEEDS).done == f"{list(range(1, 9))}\n"


def test_a_connection_that_is_left_open_holds_up_nobody(tab: Tab) -> None:
    text = """
        import asyncio, asyncpg

        async def main():
            connection = await asyncpg.connect("postgresql://postgres@localhost/postgres")
            await connection.transaction().start()
            await connection.execute("CREATE TABLE IF NOT EXISTS left_over (id int)")
            print("left")

        asyncio.run(main())
    """
    for _ in range(3):
        assert tab.run(text, *NEEDS, seconds=8).on("stdout") == "left\n"
    assert tab.run(text, *NEEDS, keep=True, seconds=8).on("stdout") == "left\n"
    assert "left_over" not in tab.psql("SELECT relname FROM pg_class WHERE relname LIKE 'left%';")
