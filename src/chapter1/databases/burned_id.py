"""An INSERT that is refused has used up an id all the same."""

import asyncio
import os

import asyncpg

USERS = """
    CREATE TABLE users (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        email text NOT NULL UNIQUE
    )
"""


async def main() -> None:
    database = await asyncpg.connect(os.environ["DATABASE_URL"])
    await database.execute(USERS)
    # --8<-- [start:gap]
    add = "INSERT INTO users (email) VALUES ($1) RETURNING id"
    print(await database.fetchval(add, "ada@example.com"))
    #> 1
    try:
        await database.fetchval(add, "ada@example.com")
    except asyncpg.UniqueViolationError as error:
        print(error.sqlstate, error.constraint_name)
        #> 23505 users_email_key
    print(await database.fetchval(add, "grace@example.com"))
    #> 3
    # --8<-- [end:gap]
    await database.close()


if __name__ == "__main__":
    asyncio.run(main())
