"""What asyncpg does, a line for each check: run natively and in the tab, the lines are compared."""

import asyncio
import json
import os
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from ipaddress import ip_address, ip_network
from typing import Any

import asyncpg

Check = Callable[[Any], Awaitable[object]]
CHECKS: list[Check] = []
SCHEMA = {"search_path": "drivers"}


def check(function: Check) -> Check:
    CHECKS.append(function)
    return function


def connect(**settings: Any) -> Any:
    return asyncpg.connect(os.environ["DATABASE_URL"], server_settings=SCHEMA, **settings)


async def refused(awaitable: Awaitable[object]) -> tuple[object, ...]:
    """Return what an error says that can be relied on."""
    try:
        return ("accepted", await awaitable)
    except asyncpg.PostgresError as error:
        details = ("constraint_name", "column_name", "table_name", "detail", "hint", "position")
        told = {name: getattr(error, name) for name in details if getattr(error, name, None)}
        return (type(error).__name__, error.sqlstate, str(error), told)
    except Exception as error:  # noqa: BLE001 — its kind is the result
        return (type(error).__name__, str(error))


async def echo(connection: Any, kind: str, *values: object) -> list[object]:
    """Return values that went to the server and back."""
    return [await connection.fetchval(f"SELECT $1::{kind}", value) for value in values]


# Types


@check
async def integers(c: Any) -> object:
    return [
        await echo(c, "smallint", -32768, 32767, None),
        await echo(c, "int", -(2**31), 2**31 - 1),
        await echo(c, "bigint", -(2**63), 2**63 - 1),
    ]


@check
async def integers_that_do_not_fit(c: Any) -> object:
    return await refused(c.fetchval("SELECT $1::int", 2**31))


@check
async def floats(c: Any) -> object:
    return await echo(c, "float8", 0.1, -0.0, 1e308, float("inf"), 5e-324) + await echo(
        c, "float4", 0.5
    )


@check
async def numerics(c: Any) -> object:
    values = ["0", "0.1", "-12345678901234567890.12345678901234567890", "1e-20", "NaN", "Infinity"]
    return await echo(c, "numeric", *map(Decimal, values)) + await echo(
        c, "numeric(10,2)", Decimal("2.675")
    )


@check
async def texts(c: Any) -> object:
    return await echo(c, "text", "", "it's", "äß漢🎉", "\\", "line\nline") + await echo(
        c, "char(3)", "a"
    )


@check
async def a_text_with_a_zero(c: Any) -> object:
    return (await refused(c.fetchval("SELECT $1::text", "a\x00b")))[:2]


@check
async def bytes_(c: Any) -> object:
    return await echo(c, "bytea", b"", bytes(range(256)))


@check
async def booleans(c: Any) -> object:
    return await echo(c, "bool", *[True, False, None])


@check
async def dates(c: Any) -> object:
    return [
        await echo(c, "date", date(2024, 2, 29), date.min, date.max),
        await echo(c, "time", time(23, 59, 59, 999999)),
        await echo(c, "timestamp", datetime(1969, 12, 31, 23, 59, 59, 1)),  # noqa: DTZ001
        await echo(c, "interval", timedelta(days=400, seconds=1, microseconds=5), timedelta(-1)),
    ]


@check
async def instants(c: Any) -> object:
    there = timezone(timedelta(hours=5, minutes=30))
    return await echo(
        c,
        "timestamptz",
        datetime(2024, 3, 31, 2, 30, tzinfo=there),
        datetime(1, 1, 2, tzinfo=UTC),
    )


@check
async def a_naive_time_is_refused(c: Any) -> object:
    return await refused(c.fetchval("SELECT $1::timestamptz", "2024-01-01"))


@check
async def uuids(c: Any) -> object:
    return await echo(c, "uuid", uuid.UUID(int=1), str(uuid.UUID(int=2)))


@check
async def addresses(c: Any) -> object:
    return [
        await echo(c, "inet", ip_address("10.0.0.1"), ip_address("::1")),
        await echo(c, "cidr", ip_network("10.0.0.0/8")),
    ]


@check
async def arrays(c: Any) -> object:
    return [
        await echo(c, "int[]", [], [1, None, 3], [[1, 2], [3, 4]]),
        await echo(c, "text[]", ["a", "", None, 'q"u']),
        await c.fetchval("SELECT array_agg(x) FROM unnest($1::uuid[]) x", [uuid.UUID(int=1)]),
        await c.fetch("SELECT x FROM generate_series(1, 4) x WHERE x = ANY($1::int[])", [2, 4]),
    ]


@check
async def json_is_text(c: Any) -> object:
    return await echo(c, "json", '{"a": [1, null]}') + await echo(c, "jsonb", '{"b":1,"a":2}')


@check
async def json_with_a_codec(c: Any) -> object:
    await c.set_type_codec("jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")
    try:
        return await echo(c, "jsonb", {"a": [1, None, "ä"]}, [], None)
    finally:
        await c.reset_type_codec("jsonb", schema="pg_catalog")


@check
async def a_codec_for_numerics(c: Any) -> object:
    await c.set_type_codec(
        "numeric", encoder=str, decoder=float, schema="pg_catalog", format="text"
    )
    try:
        return await echo(c, "numeric", 1.5)
    finally:
        await c.reset_type_codec("numeric", schema="pg_catalog")


@check
async def ranges(c: Any) -> object:
    return await echo(c, "int4range", asyncpg.Range(1, 5), asyncpg.Range(empty=True)) + await echo(
        c, "daterange", asyncpg.Range(date(2024, 1, 1), None)
    )


@check
async def points(c: Any) -> object:
    return await echo(c, "point", (1, 2.5)) + await echo(c, "box", ((1, 1), (0, 0)))


@check
async def bits(c: Any) -> object:
    bits: Any = asyncpg.BitString
    return [one.as_string() for one in await echo(c, "varbit", bits("1010 1"))]  # type: ignore[attr-defined]


@check
async def composites(c: Any) -> object:
    await c.execute("CREATE TYPE address AS (street text, number int)")
    home = await c.fetchval("SELECT ROW('Elm', 5)::address")
    return [
        home["street"],
        tuple(home),
        await echo(c, "address", ("Oak", 7)),
        await echo(c, "address[]", [("A", 1)]),
    ]


@check
async def enums(c: Any) -> object:
    await c.execute("CREATE TYPE mood AS ENUM ('sad', 'happy')")
    wrong = await refused(c.fetchval("SELECT $1::mood", "angry"))
    return await echo(c, "mood", "happy"), await echo(c, "mood[]", ["sad"]), wrong


@check
async def domains(c: Any) -> object:
    await c.execute("CREATE DOMAIN positive AS int CHECK (VALUE > 0)")
    return await echo(c, "positive", 1), await refused(c.fetchval("SELECT $1::positive", -1))


# Records


@check
async def records(c: Any) -> object:
    row = await c.fetchrow("SELECT 1 AS a, 'x' AS b, 2 AS a")
    return (
        row,
        row["a"],
        row[0],
        row.get("no", "default"),
        list(row.keys()),
        dict(row),
        len(row),
        row == (1, "x", 2),
    )


@check
async def a_column_that_is_not_there(c: Any) -> object:
    row = await c.fetchrow("SELECT 1 AS a")
    try:
        return row["b"]
    except KeyError as error:
        return repr(error)


@check
async def nothing_found(c: Any) -> object:
    return [
        await c.fetch("SELECT 1 WHERE false"),
        await c.fetchrow("SELECT 1 WHERE false"),
        await c.fetchval("SELECT 1 WHERE false"),
    ]


@check
async def tags(c: Any) -> object:
    return [
        await c.execute("CREATE TABLE tagged (id int)"),
        await c.execute("INSERT INTO tagged VALUES (1), (2)"),
        await c.execute("UPDATE tagged SET id = id"),
        await c.execute("DELETE FROM tagged"),
        await c.execute("SELECT 1; SELECT 2"),
        await c.execute("TRUNCATE tagged"),
    ]


@check
async def many_rows(c: Any) -> object:
    rows = await c.fetch("SELECT x, repeat('x', 1000) AS y FROM generate_series(1, 5000) x")
    return len(rows), sum(row["x"] for row in rows), {len(row["y"]) for row in rows}


@check
async def a_large_value(c: Any) -> object:
    data = bytes(range(256)) * 8192
    return await c.fetchval("SELECT $1::bytea", data) == data


# Errors


@check
async def violations(c: Any) -> object:
    await c.execute(
        "CREATE TABLE parents (id int PRIMARY KEY);"
        "CREATE TABLE children (id int UNIQUE, parent int REFERENCES parents,"
        " age int NOT NULL CHECK (age > 0))"
    )
    await c.execute("INSERT INTO parents VALUES (1); INSERT INTO children VALUES (1, 1, 1)")
    statements = [
        "INSERT INTO parents VALUES (1)",
        "INSERT INTO children VALUES (2, 9, 1)",
        "INSERT INTO children VALUES (2, 1, NULL)",
        "INSERT INTO children VALUES (2, 1, -1)",
        "DELETE FROM parents",
    ]
    return [await refused(c.execute(statement)) for statement in statements]


@check
async def mistakes(c: Any) -> object:
    statements = [
        "SELEC 1",
        "SELECT * FROM nowhere",
        "SELECT nothing FROM pg_class",
        "SELECT 1/0",
        "SELECT 'x'::int",
        "SELECT nofunction()",
        "SELECT 1 +",
        "CREATE TABLE pg_class (id int)",
    ]
    return [await refused(c.execute(statement)) for statement in statements]


@check
async def wrong_arguments(c: Any) -> object:
    return [
        await refused(c.fetchval("SELECT $1::int", "1")),
        await refused(c.fetchval("SELECT $1::int")),
        await refused(c.fetchval("SELECT 1", 1)),
        await refused(c.fetchval("SELECT $1::date", "2024-01-01")),
    ]


@check
async def errors_of_functions(c: Any) -> object:
    options = "ERRCODE = 'P0099', DETAIL = 'more', HINT = 'so'"
    raising = f"RAISE EXCEPTION 'mine' USING {options}"
    return await refused(c.execute(f"DO $$ BEGIN {raising}; END $$"))


@check
async def notices(c: Any) -> object:
    heard: list[object] = []
    c.add_log_listener(lambda _, message: heard.append((message.severity_en, message.message)))
    await c.execute("DO $$ BEGIN RAISE NOTICE 'one'; RAISE WARNING 'two'; END $$")
    await c.execute("DROP TABLE IF EXISTS nowhere")
    await asyncio.sleep(0)
    return heard


@check
async def the_connection_outlives_errors(c: Any) -> object:
    for _ in range(3):
        await refused(c.fetchval("SELECT 1/0"))
    return await c.fetchval("SELECT 1"), c.is_closed(), c.is_in_transaction()


# Transactions


@check
async def commit_and_rollback(c: Any) -> object:
    await c.execute("CREATE TABLE kept (id int)")
    async with c.transaction():
        await c.execute("INSERT INTO kept VALUES (1)")
    try:
        async with c.transaction():
            await c.execute("INSERT INTO kept VALUES (2)")
            raise LookupError  # noqa: TRY301
    except LookupError:
        pass
    return await c.fetch("SELECT * FROM kept"), c.is_in_transaction()


@check
async def savepoints(c: Any) -> object:
    await c.execute("CREATE TABLE saved (id int PRIMARY KEY)")
    async with c.transaction():
        await c.execute("INSERT INTO saved VALUES (1)")
        for value in (1, 2):
            try:
                async with c.transaction():
                    await c.execute("INSERT INTO saved VALUES ($1)", value)
            except asyncpg.UniqueViolationError:
                pass
    return await c.fetch("SELECT * FROM saved")


@check
async def a_failed_transaction_takes_no_more(c: Any) -> object:
    transaction = c.transaction()
    await transaction.start()
    first = await refused(c.execute("SELECT 1/0"))
    second = await refused(c.execute("SELECT 1"))
    await transaction.rollback()
    return first, second, await c.fetchval("SELECT 1")


@check
async def read_only(c: Any) -> object:
    async with c.transaction(readonly=True):
        return await refused(c.execute("CREATE TABLE never (id int)"))


@check
async def isolation_levels(c: Any) -> object:
    shown = []
    for level in ("read_committed", "repeatable_read", "serializable"):
        async with c.transaction(
            isolation=level, deferrable=level == "serializable", readonly=True
        ):
            shown.append(await c.fetchval("SHOW transaction_isolation"))
    return shown


@check
async def a_transaction_is_used_once(c: Any) -> object:
    transaction = c.transaction()
    await transaction.start()
    await transaction.commit()
    return await refused(transaction.commit()), await refused(transaction.start())


# Statements and cursors


@check
async def prepared(c: Any) -> object:
    statement = await c.prepare("SELECT $1::int * 2 AS double, $2::text AS name")
    return [
        [kind.name for kind in statement.get_parameters()],
        [(one.name, one.type.name) for one in statement.get_attributes()],
        [await statement.fetchval(number, "x") for number in range(3)],
        await statement.fetchrow(1, "y"),
        statement.get_statusmsg(),
    ]


@check
async def explained(c: Any) -> object:
    plan = await (await c.prepare("SELECT * FROM pg_class WHERE oid = $1")).explain(1)
    return plan[0]["Plan"]["Node Type"]


@check
async def a_statement_whose_table_changes(c: Any) -> object:
    await c.execute("CREATE TABLE changing (a int); INSERT INTO changing VALUES (1)")
    before = await c.fetchrow("SELECT * FROM changing")
    await c.execute("ALTER TABLE changing ADD b int DEFAULT 2")
    return before, await c.fetchrow("SELECT * FROM changing")


@check
async def executemany(c: Any) -> object:
    await c.execute("CREATE TABLE loaded (id int PRIMARY KEY, name text)")
    await c.executemany("INSERT INTO loaded VALUES ($1, $2)", [(n, f"n{n}") for n in range(1000)])
    wrong = await refused(
        c.executemany("INSERT INTO loaded VALUES ($1, $2)", [(2000, "a"), (1, "b")])
    )
    return wrong, await c.fetchval("SELECT count(*) FROM loaded")


@check
async def fetchmany(c: Any) -> object:
    if not hasattr(c, "fetchmany"):
        return "no"
    return await c.fetchmany("SELECT $1::int * 2", [(1,), (2,)])


@check
async def cursors(c: Any) -> object:
    async with c.transaction():
        all_ = [row[0] async for row in c.cursor("SELECT generate_series(1, 120)", prefetch=50)]
        cursor = await c.cursor("SELECT generate_series(1, 10)")
        first, skipped, rest = (
            await cursor.fetch(2),
            await cursor.forward(3),
            await cursor.fetchrow(),
        )
    return len(all_), all_[-1], first, skipped, rest


@check
async def a_cursor_without_a_transaction(c: Any) -> object:
    async def use() -> None:
        async for _ in c.cursor("SELECT 1"):
            pass

    return await refused(use())


# Pools


def pool(**settings: Any) -> Any:
    return asyncpg.create_pool(os.environ["DATABASE_URL"], server_settings=SCHEMA, **settings)


@check
async def pools(_: Any) -> object:
    async with pool(min_size=2, max_size=5) as several:
        before = several.get_size(), several.get_idle_size()
        results = await asyncio.gather(*(several.fetchval("SELECT $1::int", n) for n in range(20)))
        return before, results, several.get_max_size(), several.get_size() <= 5


@check
async def a_pool_with_none_left(_: Any) -> object:
    async with pool(min_size=1, max_size=1) as one, one.acquire():
        return await refused(one.acquire(timeout=0.05))


@check
async def a_pool_waits_for_one_to_be_given_back(_: Any) -> object:
    order = []
    async with pool(min_size=1, max_size=2) as two:

        async def use(number: int) -> None:
            async with two.acquire() as connection:
                await connection.fetchval("SELECT 1")
                await asyncio.sleep(0.01)
                order.append(number)

        await asyncio.gather(*map(use, range(6)))
    return sorted(order)


@check
async def a_pool_resets_what_it_gets_back(_: Any) -> object:
    async with pool(min_size=1, max_size=1) as one:
        async with one.acquire() as connection:
            await connection.execute("SET statement_timeout = '5s'")
            await connection.execute("CREATE TEMP TABLE temporary (id int)")
        async with one.acquire() as connection:
            return await connection.fetchval("SHOW statement_timeout")


@check
async def a_pool_sets_its_connections_up(_: Any) -> object:
    made = []

    async def init(connection: Any) -> None:
        made.append("init")
        await connection.set_type_codec(
            "json", encoder=json.dumps, decoder=json.loads, schema="pg_catalog"
        )

    async def setup(_: Any) -> None:
        made.append("setup")

    async with pool(min_size=1, max_size=1, init=init, setup=setup) as one:
        values = [await one.fetchval("SELECT '[1]'::json") for _ in range(2)]
    return values, made


@check
async def a_closed_pool(_: Any) -> object:
    one = await pool(min_size=1, max_size=1)
    await one.close()
    return await refused(one.fetchval("SELECT 1"))


# Notifications


@check
async def notifications(c: Any) -> object:
    heard: list[object] = []
    done = asyncio.Event()

    def hear(_: Any, __: int, channel: str, payload: str) -> None:
        heard.append((channel, payload))
        if payload == "last":
            done.set()

    other = await connect()
    await c.add_listener("news", hear)
    await other.execute("NOTIFY news, 'first'")
    await other.execute("NOTIFY elsewhere, 'unheard'")
    async with other.transaction():
        await other.execute("SELECT pg_notify('news', 'at commit')")
    await c.execute("SELECT pg_notify('news', 'last')")
    await asyncio.wait_for(done.wait(), 5)
    await c.remove_listener("news", hear)
    await other.execute("NOTIFY news, 'too late'")
    await c.fetchval("SELECT 1")
    await other.close()
    return heard


# COPY


@check
async def copy_out(c: Any) -> object:
    await c.execute(
        "CREATE TABLE copied (id int, name text); INSERT INTO copied VALUES (1, 'a,b'), (2, NULL)"
    )
    parts: list[bytes] = []

    async def take(data: bytes) -> None:  # a file would be written in a thread
        parts.append(data)

    return [
        await c.copy_from_table("copied", output=take, format="csv", header=True),
        await c.copy_from_query("SELECT * FROM generate_series(1, $1)", 3, output=take),
        b"".join(parts),
    ]


# Time


@check
async def a_query_that_takes_too_long(c: Any) -> object:
    try:
        await c.fetchval("SELECT pg_sleep(0.5)", timeout=0.1)
    except TimeoutError as error:
        return type(error).__name__, await c.fetchval("SELECT 1")
    return "no timeout"


@check
async def a_task_that_is_cancelled(c: Any) -> object:
    task = asyncio.create_task(c.fetchval("SELECT pg_sleep(0.3)"))
    await asyncio.sleep(0.05)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        return "cancelled", await c.fetchval("SELECT 1")
    return "not cancelled"


@check
async def a_command_timeout_of_the_connection(_: Any) -> object:
    connection = await connect(command_timeout=0.1)
    try:
        return (await refused(connection.fetchval("SELECT pg_sleep(0.5)")))[0]
    finally:
        connection.terminate()


# Connections


@check
async def one_thing_at_a_time(c: Any) -> object:
    return await asyncio.gather(refused(c.fetchval("SELECT 1")), refused(c.fetchval("SELECT 2")))


@check
async def a_closed_connection(_: Any) -> object:
    connection = await connect()
    await connection.close()
    return connection.is_closed(), await refused(connection.fetchval("SELECT 1"))


@check
async def settings_of_a_connection(_: Any) -> object:
    connection = await asyncpg.connect(
        os.environ["DATABASE_URL"],
        server_settings={"application_name": "check", "timezone": "Asia/Kolkata"},
    )
    shown = [await connection.fetchval(f"SHOW {name}") for name in ("application_name", "timezone")]
    version = connection.get_server_version()
    await connection.close()
    return shown, version.major


@check
async def sessions_keep_their_settings(c: Any) -> object:
    other = await connect()
    await c.execute("SET work_mem = '5MB'")
    await other.execute("SET work_mem = '7MB'")
    shown = [await c.fetchval("SHOW work_mem"), await other.fetchval("SHOW work_mem")]
    await other.close()
    await c.execute("RESET work_mem")
    return shown


@check
async def query_loggers(c: Any) -> object:
    seen: list[str] = []
    with c.query_logger(lambda record: seen.append(record.query)):
        await c.fetchval("SELECT 7")
        await asyncio.sleep(0)
    return seen


async def main() -> None:
    setup = await asyncpg.connect(os.environ["DATABASE_URL"])
    await setup.execute("DROP SCHEMA IF EXISTS drivers CASCADE; CREATE SCHEMA drivers")
    await setup.close()
    for one in CHECKS:
        connection = await connect()
        try:
            result = await asyncio.wait_for(one(connection), 20)
        except Exception as error:  # noqa: BLE001 — the line says it
            result = f"raised {type(error).__name__}: {error}"
        print(f"{one.__name__}: {result!r}")
        try:
            await connection.close(timeout=5)
        except Exception as error:  # noqa: BLE001 — the line says it
            print(f"{one.__name__}, closing: {error!r}")
    setup = await asyncpg.connect(os.environ["DATABASE_URL"])
    await setup.execute("DROP SCHEMA drivers CASCADE")
    await setup.close()


asyncio.run(main())
