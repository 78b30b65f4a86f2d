"""Two tabs edit one profile, and the second save is told that its form is out of date."""

import asyncio
import os

import asyncpg

TABLE = "CREATE TABLE users (id bigint, name text, version integer)"


async def main() -> None:
    database = await asyncpg.connect(os.environ["DATABASE_URL"])
    await database.execute(TABLE)
    await database.execute("INSERT INTO users VALUES (1, 'Ada', 7)")
    # --8<-- [start:save]
    load = "SELECT name, version FROM users WHERE id = 1"
    [one_tab] = await database.fetch(load)
    [other_tab] = await database.fetch(load)  # (1)!

    save = """UPDATE users SET name = $1, version = version + 1
              WHERE id = 1 AND version = $2"""
    print(await database.execute(save, "Ada Byron", one_tab["version"]))
    #> UPDATE 1
    print(await database.execute(save, "Ada King", other_tab["version"]))
    #> UPDATE 0
    print([dict(row) for row in await database.fetch(load)])
    #> [{'name': 'Ada Byron', 'version': 8}]
    # --8<-- [end:save]
    await database.close()


if __name__ == "__main__":
    asyncio.run(main())
