"""A placeholder carries a value; it cannot carry the name of a column."""

import asyncio
import os

import asyncpg


async def main() -> None:
    database = await asyncpg.connect(os.environ["DATABASE_URL"])
    await database.execute("CREATE TABLE users (name text)")
    await database.execute("INSERT INTO users VALUES ('Grace'), ('Linus'), ('Ada')")
    # --8<-- [start:chosen]
    query = "SELECT name FROM users ORDER BY $1"
    print([row["name"] for row in await database.fetch(query, "name")])
    #> ['Grace', 'Linus', 'Ada']

    orders = {  # (1)!
        "name": "SELECT name FROM users ORDER BY name",
        "-name": "SELECT name FROM users ORDER BY name DESC",
    }
    print([row["name"] for row in await database.fetch(orders["-name"])])
    #> ['Linus', 'Grace', 'Ada']
    # --8<-- [end:chosen]
    await database.close()


if __name__ == "__main__":
    asyncio.run(main())
