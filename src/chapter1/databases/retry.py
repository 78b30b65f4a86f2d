"""A serializable transaction that lost against another is run again from its first line."""

import asyncio
import os
import random

import asyncpg

looking: list[asyncpg.Connection] = []
both_have_looked = asyncio.Event()


async def gate(connection: asyncpg.Connection) -> None:
    looking.append(connection)
    if len(looking) == 2:
        both_have_looked.set()
    await both_have_looked.wait()


async def open_account(connection: asyncpg.Connection) -> None:
    await connection.execute("CREATE TABLE accounts (owner text, balance integer)")
    await connection.execute("INSERT INTO accounts VALUES ('ada', 100)")


async def withdraw(connection: asyncpg.Connection) -> str:
    async with connection.transaction(isolation="serializable"):
        balance = await connection.fetchval("SELECT balance FROM accounts")
        await gate(connection)
        if balance < 80:
            return "refused"
        await connection.execute("UPDATE accounts SET balance = balance - 80")
    return "paid"


# --8<-- [start:retry]
AGAIN = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)  # (1)!


async def withdraw_patiently(connection: asyncpg.Connection) -> str:
    for attempt in range(1, 6):
        try:
            answer = await withdraw(connection)  # (2)!
        except AGAIN:
            if attempt == 5:
                raise  # elsewhere: here the second attempt succeeds
            await asyncio.sleep(random.uniform(0, 0.01 * 2**attempt))  # (3)!
        else:
            break
    return f"{answer} at attempt {attempt}"  # (4)!


async def main() -> None:
    phone = await asyncpg.connect(os.environ["DATABASE_URL"])
    laptop = await asyncpg.connect(os.environ["DATABASE_URL"])
    await open_account(phone)
    both = withdraw_patiently(phone), withdraw_patiently(laptop)
    print(sorted(await asyncio.gather(*both)))
    #> ['paid at attempt 1', 'refused at attempt 2']
    # --8<-- [end:retry]
    await phone.close()
    await laptop.close()


if __name__ == "__main__":
    asyncio.run(main())
