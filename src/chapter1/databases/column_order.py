"""What an index on two columns can serve depends on their order and on their values."""

import asyncio
import json
import os

import asyncpg

EXPLAIN = "EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM users WHERE "


async def fill(db: asyncpg.Connection) -> None:
    await db.execute("SET synchronous_commit = on")  # else VACUUM may come too early
    await db.execute("CREATE TABLE users (country text, username text, email text)")
    await db.execute("""
        INSERT INTO users
        SELECT (ARRAY['DE', 'FR', 'IN'])[1 + n % 3], 'user' || n, 'u' || n || '@example.com'
        FROM generate_series(1, 200000) AS n""")
    await db.execute("SET max_parallel_workers_per_gather = 0")


async def look(db: asyncpg.Connection, where: str) -> str:
    plan = json.loads(await db.fetchval(EXPLAIN + where))[0]["Plan"]
    return f"{plan['Node Type']}, index searches: {plan.get('Index Searches', 0)}"


async def main() -> None:
    db = await asyncpg.connect(os.environ["DATABASE_URL"])
    await fill(db)
    # --8<-- [start:order]
    await db.execute("CREATE INDEX by_country ON users (country, username)")
    await db.execute("CREATE INDEX by_name ON users (username, email)")
    await db.execute("VACUUM ANALYZE users")
    print(await look(db, "username = 'user7' AND email = 'u7@example.com'"))
    #> Index Scan, index searches: 1
    print(await look(db, "username = 'user7'"))
    #> Index Scan, index searches: 1
    print(await look(db, "email = 'u7@example.com'"))
    #> Seq Scan, index searches: 0
    await db.execute("DROP INDEX by_name")
    print(await look(db, "username = 'user7'"))  # (1)!
    #> Index Scan, index searches: 7
    # --8<-- [end:order]
    await db.close()


if __name__ == "__main__":
    asyncio.run(main())
