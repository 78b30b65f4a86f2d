"""A transaction's id, kept outside it, tells later whether its COMMIT happened."""

import asyncio
import os

import asyncpg


async def connect() -> asyncpg.Connection:
    return await asyncpg.connect(os.environ["DATABASE_URL"])


async def main() -> None:
    connection = await connect()
    await connection.execute("CREATE TABLE payments (amount integer)")
    # --8<-- [start:receipt]
    async with connection.transaction():
        receipt = await connection.fetchval("SELECT pg_current_xact_id()::text")
        await connection.execute("INSERT INTO payments VALUES (30)")
    await connection.close()  # (1)!

    connection = await connect()
    ask = "SELECT pg_xact_status($1::text::xid8)"  # (2)!
    print(await connection.fetchval(ask, receipt))
    #> committed
    # --8<-- [end:receipt]
    await connection.close()


if __name__ == "__main__":
    asyncio.run(main())
