"""The planner reads a small table whole and looks a large one up in its index."""

import asyncio
import json
import os

import asyncpg


async def create_table(db: asyncpg.Connection) -> None:
    await db.execute("SET synchronous_commit = on")  # else VACUUM may come too early
    await db.execute("CREATE TABLE users (email text UNIQUE, username text)")
    await db.execute("SET max_parallel_workers_per_gather = 0")


# --8<-- [start:small]
EXPLAIN = "EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM users WHERE "
FILL = """INSERT INTO users SELECT 'u' || n || '@example.com', 'user' || n
          FROM generate_series($1::int, $2::int) AS n"""  # (1)!


async def look(db: asyncpg.Connection, where: str) -> str:
    plan = json.loads(await db.fetchval(EXPLAIN + where))[0]["Plan"]
    rows = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)  # (2)!
    pages = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    return f"{plan['Node Type']}, rows: {rows:.0f}, pages: {pages}"


async def add_users(db: asyncpg.Connection, first: int, last: int) -> None:
    await db.execute(FILL, first, last)
    await db.execute("VACUUM ANALYZE users")  # (3)!


async def main() -> None:
    db = await asyncpg.connect(os.environ["DATABASE_URL"])
    await create_table(db)  # (4)!
    await add_users(db, 1, 10)
    print(await look(db, "email = 'u7@example.com'"))
    #> Seq Scan, rows: 10, pages: 1
    # --8<-- [end:small]

    # --8<-- [start:large]
    await add_users(db, 11, 200_000)
    print(await look(db, "email = 'u7@example.com'"))
    #> Index Scan, rows: 1, pages: 4
    print(await look(db, "username = 'user7'"))
    #> Seq Scan, rows: 200000, pages: 1471
    # --8<-- [end:large]
    await db.close()


if __name__ == "__main__":
    asyncio.run(main())
