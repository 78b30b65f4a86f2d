"""OFFSET reads the rows that it skips; a condition on the last key does not."""

import asyncio
import json
import os

import asyncpg


async def fill(db: asyncpg.Connection) -> None:
    await db.execute("SET synchronous_commit = on")  # else VACUUM may come too early
    await db.execute("CREATE TABLE users (id integer PRIMARY KEY, email text)")
    await db.execute("""
        INSERT INTO users SELECT n, 'u' || n || '@example.com'
        FROM generate_series(1, 200000) AS n""")
    await db.execute("VACUUM ANALYZE users")
    await db.execute("SET max_parallel_workers_per_gather = 0")


async def rows_read(db: asyncpg.Connection, query: str) -> int:
    text = await db.fetchval("EXPLAIN (ANALYZE, FORMAT JSON) " + query)
    scan = json.loads(text)[0]["Plan"]["Plans"][0]  # (1)!
    return int(scan["Actual Rows"])


async def main() -> None:
    db = await asyncpg.connect(os.environ["DATABASE_URL"])
    await fill(db)
    # --8<-- [start:pages]
    page = "SELECT id, email FROM users ORDER BY id LIMIT 10 OFFSET 150000"
    after = "SELECT id, email FROM users WHERE id > 150000 ORDER BY id LIMIT 10"
    print(await db.fetch(page) == await db.fetch(after))
    #> True
    print(await rows_read(db, page))
    #> 150010
    print(await rows_read(db, after))
    #> 10
    # --8<-- [end:pages]
    await db.close()


if __name__ == "__main__":
    asyncio.run(main())
