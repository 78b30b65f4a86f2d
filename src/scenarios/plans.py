"""What PostgreSQL plans for one query, the larger the share of the rows it asks for."""

import asyncio
import json
from pathlib import Path
from typing import Any

import asyncpg

from local_servers import Addresses, scratch

PLACE = Path("docs/assets/figures/recordings/plans/orders.json")
ROWS = 100_000
SHARES = [0.01, 0.1, 1, 3, 10, 20, 60, 100]  # percent of the rows
# Amounts lie in the table in no order: 7919 is prime, so that each comes once.
SETUP = """
CREATE TABLE orders (id integer, amount integer, note text);
INSERT INTO orders SELECT n, n * 7919::bigint % 100000, repeat('x', 80)
FROM generate_series(1, 100000) AS n;
CREATE INDEX orders_by_amount ON orders (amount);
VACUUM ANALYZE orders;
SET max_parallel_workers_per_gather = 0;
SET jit = off"""
QUERY = "SELECT id, note FROM orders WHERE amount < {limit}"
EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF, FORMAT JSON) "
WAYS = {
    "chosen": [],
    "table": ["enable_indexscan", "enable_bitmapscan"],
    "index": ["enable_seqscan", "enable_bitmapscan"],
    "bitmap": ["enable_seqscan", "enable_indexscan"],
}


async def plan(connection: asyncpg.Connection, limit: int, off: list[str]) -> dict[str, Any]:
    """Return the plan of the query, with some ways switched off, and the pages it looked at."""
    async with connection.transaction():
        for setting in off:
            await connection.execute(f"SET LOCAL {setting} = off")
        found = json.loads(await connection.fetchval(EXPLAIN + QUERY.format(limit=limit)))
    top = found[0]["Plan"]
    pages = top["Shared Hit Blocks"] + top["Shared Read Blocks"]
    return {"plan": top["Node Type"], "pages": pages, "rows": round(top["Actual Rows"])}


async def plans(url: str) -> list[dict[str, Any]]:
    """Return the plans for each share, every way."""
    connection = await asyncpg.connect(url)
    for statement in SETUP.split(";"):  # VACUUM wants to be alone
        await connection.execute(statement)
    found = []
    for share in SHARES:
        limit = round(ROWS * share / 100)
        ways = {way: await plan(connection, limit, off) for way, off in WAYS.items()}
        found.append({"share": share, "limit": limit, **ways})
    await connection.close()
    return found


def record(addresses: Addresses) -> list[dict[str, Any]]:
    """Ask for all the plans, in a database of its own."""
    with scratch(addresses) as empty:
        return asyncio.run(plans(empty.database_url))


def facts(recording: list[dict[str, Any]]) -> list[tuple[object, ...]]:
    """Return what comes out each time: whether an index is used, and the way with fewer pages.

    Between its two ways of using the index the planner wavers, since it estimates from a sample.
    """
    return [
        (
            one["share"],
            one["chosen"]["plan"] != "Seq Scan",
            one["chosen"]["rows"],
            one["table"]["pages"] < one["index"]["pages"],
        )
        for one in recording
    ]
