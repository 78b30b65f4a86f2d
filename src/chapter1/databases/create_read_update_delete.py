"""Create, read, update and delete one user from a program."""

import asyncio
import os

import asyncpg

# --8<-- [start:table]
USERS = """
    CREATE TABLE users (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL CHECK (char_length(name) <= 50),
        email text NOT NULL UNIQUE,
        created_at timestamptz NOT NULL DEFAULT now()
    )
"""
# --8<-- [end:table]


async def main() -> None:
    # --8<-- [start:crud]
    database = await asyncpg.connect(os.environ["DATABASE_URL"])
    await database.execute(USERS)

    add = "INSERT INTO users (name, email) VALUES ($1, $2) RETURNING *"
    [ada] = await database.fetch(add, "Ada", "ada@example.com")  # (1)!
    print(ada["id"], ada["name"], ada["created_at"].tzinfo)
    #> 1 Ada UTC

    page = "SELECT id, name FROM users ORDER BY id LIMIT $1"
    print([dict(row) for row in await database.fetch(page, 10)])  # (2)!
    #> [{'id': 1, 'name': 'Ada'}]

    rename = "UPDATE users SET name = $1 WHERE id = $2"
    print(await database.execute(rename, "Ada Lovelace", 1))  # (3)!
    #> UPDATE 1

    print(await database.execute("DELETE FROM users WHERE id = $1", 1))
    #> DELETE 1
    one = "SELECT name FROM users WHERE id = $1"
    print(await database.fetchrow(one, 1))
    #> None
    # --8<-- [end:crud]
    await database.close()


if __name__ == "__main__":
    asyncio.run(main())
