"""A second index on a unique column finds nothing new and makes every write dearer."""

import asyncio
import json
import os

import asyncpg


async def fill(db: asyncpg.Connection) -> None:
    await db.execute("SET synchronous_commit = on")  # else VACUUM may come too early
    await db.execute("CREATE TABLE users (email text UNIQUE)")
    await db.execute(
        "INSERT INTO users SELECT 'u' || n || '@example.com' FROM generate_series(1, 200000) AS n"
    )
    await db.execute("VACUUM ANALYZE users")


# --8<-- [start:cost]
INDEXES = "SELECT indexname FROM pg_indexes WHERE tablename = 'users'"
ADD = "EXPLAIN (ANALYZE, WAL, FORMAT JSON) INSERT INTO users VALUES ($1)"
SHARE = """SELECT round(pg_relation_size('users_email_again') * 100.0
                        / pg_relation_size('users'))"""


async def log_records(db: asyncpg.Connection, email: str) -> int:
    plan = json.loads(await db.fetchval(ADD, email))[0]["Plan"]
    return int(plan["WAL Records"])


async def main() -> None:
    db = await asyncpg.connect(os.environ["DATABASE_URL"])
    await fill(db)  # (1)!
    print(await db.fetchval(INDEXES))
    #> users_email_key
    print(await log_records(db, "zoe@example.com"))
    #> 2
    await db.execute("CREATE INDEX users_email_again ON users (email)")
    print(await log_records(db, "zora@example.com"))
    #> 3
    print(await db.fetchval(SHARE), "percent of the table's size")
    #> 78 percent of the table's size
    # --8<-- [end:cost]
    await db.close()


if __name__ == "__main__":
    asyncio.run(main())
