"""Two withdrawals from two rows break a rule about their sum, unless both are serializable."""

import asyncio
import os
from typing import Literal

import asyncpg

Level = Literal["read_committed", "repeatable_read", "serializable"]
Bank = asyncpg.Connection


async def open_accounts(connection: asyncpg.Connection) -> None:
    await connection.execute("DROP TABLE IF EXISTS accounts")
    await connection.execute("CREATE TABLE accounts (name text, balance integer)")
    await connection.execute("INSERT INTO accounts VALUES ('checking', 100), ('savings', 100)")


# --8<-- [start:skew]
TOTAL = "SELECT sum(balance) FROM accounts"
TAKE = "UPDATE accounts SET balance = balance - 150 WHERE name = $1"


async def both_pay(phone: Bank, laptop: Bank, *level: Level) -> int:
    await open_accounts(phone)  # (1)!
    async with phone.transaction(isolation=level[0]):
        if await phone.fetchval(TOTAL) >= 150:
            async with laptop.transaction(isolation=level[1]):  # (2)!
                if await laptop.fetchval(TOTAL) >= 150:
                    await laptop.execute(TAKE, "savings")
            await phone.execute(TAKE, "checking")
    total: int = await phone.fetchval(TOTAL)
    return total


async def main() -> None:
    phone = await asyncpg.connect(os.environ["DATABASE_URL"])
    laptop = await asyncpg.connect(os.environ["DATABASE_URL"])
    level: Level = "repeatable_read"
    print(await both_pay(phone, laptop, level, level))
    #> -100
    # --8<-- [end:skew]

    # --8<-- [start:serializable]
    try:
        await both_pay(phone, laptop, "serializable", "serializable")
    except asyncpg.SerializationError as error:
        print(error.sqlstate, await phone.fetchval(TOTAL))
        #> 40001 50
    # --8<-- [end:serializable]

    # --8<-- [start:mixed]
    print(await both_pay(phone, laptop, "serializable", "read_committed"))
    #> -100
    # --8<-- [end:mixed]
    await phone.close()
    await laptop.close()


if __name__ == "__main__":
    asyncio.run(main())
