"""A prefix search uses an index that sorts by code point, not one in the system's order."""

import asyncio
import json
import os
import sys

import asyncpg

EXPLAIN = "EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM users WHERE "
LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"


async def fill(db: asyncpg.Connection) -> None:
    await db.execute("SET synchronous_commit = on")  # else VACUUM may come too early
    await db.execute(f"CREATE COLLATION of_the_system (provider = libc, locale = '{LOCALE}')")
    await db.execute("""
        CREATE TABLE users (
            by_code_point text COLLATE "pg_c_utf8" UNIQUE,
            by_system text COLLATE "of_the_system" UNIQUE
        )""")
    await db.execute("""
        INSERT INTO users SELECT email, email
        FROM generate_series(1, 200000) AS n, concat('u', n, '@example.com') AS email""")
    await db.execute("VACUUM ANALYZE users")
    await db.execute("SET max_parallel_workers_per_gather = 0")


async def look(db: asyncpg.Connection, where: str) -> str:
    plan = json.loads(await db.fetchval(EXPLAIN + where))[0]["Plan"]
    rows = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
    by = "table" if plan["Node Type"] == "Seq Scan" else "index"
    return f"{by}, rows: {rows:.0f}"


async def main() -> None:
    db = await asyncpg.connect(os.environ["DATABASE_URL"])
    await fill(db)
    # --8<-- [start:two_orders]
    print(await look(db, "by_code_point LIKE 'u1234%'"))
    #> index, rows: 111
    print(await look(db, "by_system LIKE 'u1234%'"))
    #> table, rows: 200000
    print(await look(db, "by_system = 'u1234@example.com'"))
    #> index, rows: 1
    await db.execute("CREATE INDEX ON users (by_system text_pattern_ops)")  # (1)!
    print(await look(db, "by_system LIKE 'u1234%'"))
    #> index, rows: 111
    # --8<-- [end:two_orders]
    await db.close()


if __name__ == "__main__":
    asyncio.run(main())
