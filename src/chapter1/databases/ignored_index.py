"""Conditions that use an index on the column, and conditions that cannot."""

import asyncio
import json
import os

import asyncpg

EXPLAIN = "EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM users WHERE "


async def fill(db: asyncpg.Connection) -> None:
    await db.execute("SET synchronous_commit = on")  # else VACUUM may come too early
    await db.execute("CREATE TABLE users (email text UNIQUE)")
    await db.execute(
        "INSERT INTO users SELECT 'u' || n || '@example.com' FROM generate_series(1, 200000) AS n"
    )
    await db.execute("VACUUM ANALYZE users")
    await db.execute("SET max_parallel_workers_per_gather = 0")


async def look(db: asyncpg.Connection, where: str) -> str:
    plan = json.loads(await db.fetchval(EXPLAIN + where))[0]["Plan"]
    rows = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
    return f"{plan['Node Type']}, rows: {rows:.0f}"


async def main() -> None:
    db = await asyncpg.connect(os.environ["DATABASE_URL"])
    await fill(db)
    # --8<-- [start:ignored]
    print(await look(db, "email LIKE 'u1234%'"))
    #> Index Only Scan, rows: 111
    print(await look(db, "email LIKE '%1234@example.com'"))
    #> Seq Scan, rows: 200000
    print(await look(db, "email ILIKE 'u1234%'"))
    #> Seq Scan, rows: 200000
    print(await look(db, "email > 'a'"))
    #> Seq Scan, rows: 200000
    print(await look(db, "lower(email) = 'u7@example.com'"))
    #> Seq Scan, rows: 200000
    # --8<-- [end:ignored]

    # --8<-- [start:expression]
    await db.execute("CREATE INDEX users_lower_email ON users (lower(email))")
    await db.execute("ANALYZE users")
    print(await look(db, "lower(email) = 'u7@example.com'"))
    #> Index Scan, rows: 1
    # --8<-- [end:expression]
    await db.close()


if __name__ == "__main__":
    asyncio.run(main())
