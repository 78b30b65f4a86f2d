"""A partial index holds some rows; a covering index answers without the table."""

import asyncio
import json
import os
from typing import Any

import asyncpg


async def fill(db: asyncpg.Connection) -> None:
    await db.execute("SET synchronous_commit = on")  # else VACUUM may come too early
    await db.execute("CREATE TABLE tasks (id integer, owner text, done boolean)")
    await db.execute("""
        INSERT INTO tasks SELECT n, 'user' || n % 5000, n % 1000 <> 0
        FROM generate_series(1, 200000) AS n""")
    await db.execute("SET max_parallel_workers_per_gather = 0")


async def explain(db: asyncpg.Connection, query: str) -> dict[str, Any]:
    text = await db.fetchval("EXPLAIN (ANALYZE, FORMAT JSON) " + query)
    plan: dict[str, Any] = json.loads(text)[0]["Plan"]
    return plan


async def size(db: asyncpg.Connection, index: str) -> int:
    pages: int = await db.fetchval(f"SELECT pg_relation_size('{index}') / 8192")
    return pages


async def main() -> None:
    db = await asyncpg.connect(os.environ["DATABASE_URL"])
    await fill(db)
    # --8<-- [start:partial]
    await db.execute("CREATE INDEX every_id ON tasks (id)")
    await db.execute("CREATE INDEX open_id ON tasks (id) WHERE NOT done")
    await db.execute("VACUUM ANALYZE tasks")
    print(await size(db, "every_id"), "pages,", await size(db, "open_id"), "pages")
    #> 551 pages, 2 pages
    plan = await explain(db, "SELECT * FROM tasks WHERE NOT done ORDER BY id LIMIT 5")
    print(plan["Plans"][0]["Index Name"])
    #> open_id
    # --8<-- [end:partial]

    # --8<-- [start:covering]
    await db.execute("CREATE INDEX covering ON tasks (owner) INCLUDE (id)")
    await db.execute("VACUUM ANALYZE tasks")
    plan = await explain(db, "SELECT id FROM tasks WHERE owner = 'user7'")
    print(plan["Node Type"])
    #> Index Only Scan
    # --8<-- [end:covering]
    await db.close()


if __name__ == "__main__":
    asyncio.run(main())
