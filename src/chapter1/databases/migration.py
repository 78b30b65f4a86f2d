"""A migration that cannot have its lock gives up in time, instead of stopping the service."""

import asyncio
import os

import asyncpg


async def main() -> None:
    request = await asyncpg.connect(os.environ["DATABASE_URL"])
    migration = await asyncpg.connect(os.environ["DATABASE_URL"])
    await request.execute("CREATE TABLE users (id bigint, email text)")
    # --8<-- [start:lock]
    open_transaction = request.transaction()
    await open_transaction.start()
    await request.fetch("SELECT id FROM users")  # (1)!

    await migration.execute("SET lock_timeout = '50ms'")
    try:
        await migration.execute("ALTER TABLE users ADD COLUMN phone text")
    except asyncpg.LockNotAvailableError as error:
        print(error)
        #> canceling statement due to lock timeout

    await open_transaction.rollback()
    await migration.execute("SET lock_timeout = '10s'")
    print(await migration.execute("ALTER TABLE users ADD COLUMN phone text"))
    #> ALTER TABLE
    index = "CREATE INDEX CONCURRENTLY users_email ON users (email)"  # (2)!
    print(await migration.execute(index))
    #> CREATE INDEX
    await migration.execute("SET statement_timeout = '50ms'")
    try:
        await migration.execute("SELECT pg_sleep(20)")
    except asyncpg.QueryCanceledError as error:
        print(error)
        #> canceling statement due to statement timeout
    # --8<-- [end:lock]
    await request.close()
    await migration.close()


if __name__ == "__main__":
    asyncio.run(main())
