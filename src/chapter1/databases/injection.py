"""A name typed into a search field becomes part of the query, unless it travels as `$1`."""

import asyncio
import os

import asyncpg


async def main() -> None:
    database = await asyncpg.connect(os.environ["DATABASE_URL"])
    await database.execute("CREATE TABLE users (name text, email text)")
    await database.execute(
        "INSERT INTO users VALUES ('Ada', 'ada@example.com'), ('Grace', 'grace@example.com')"
    )
    # --8<-- [start:search]
    typed = "nobody' OR 'a' = 'a"

    query = f"SELECT email FROM users WHERE name = '{typed}'"  # noqa: S608
    print([row["email"] for row in await database.fetch(query)])
    #> ['ada@example.com', 'grace@example.com']
    print(query)
    #> SELECT email FROM users WHERE name = 'nobody' OR 'a' = 'a'

    query = "SELECT email FROM users WHERE name = $1"
    print([row["email"] for row in await database.fetch(query, typed)])
    #> []
    # --8<-- [end:search]
    await database.close()


if __name__ == "__main__":
    asyncio.run(main())
