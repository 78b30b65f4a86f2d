"""Two withdrawals that both check before either pays overdraw an account."""

import asyncio
import os

import asyncpg


async def open_account(connection: asyncpg.Connection) -> None:
    await connection.execute("CREATE TABLE accounts (owner text PRIMARY KEY, balance integer)")
    await connection.execute("INSERT INTO accounts VALUES ('ada', 100)")


# --8<-- [start:race]
BALANCE = "SELECT balance FROM accounts"
both_checked = asyncio.Barrier(2)  # (1)!


async def withdraw(connection: asyncpg.Connection) -> str:
    async with connection.transaction():
        if await connection.fetchval(BALANCE) < 80:
            return "refused"
        await both_checked.wait()
        await connection.execute("UPDATE accounts SET balance = balance - 80")
    return "paid"


async def main() -> None:
    first = await asyncpg.connect(os.environ["DATABASE_URL"])
    second = await asyncpg.connect(os.environ["DATABASE_URL"])
    await open_account(first)
    print(await first.fetchval("SHOW transaction_isolation"))
    #> read committed
    print(await asyncio.gather(withdraw(first), withdraw(second)))
    #> ['paid', 'paid']
    print(await first.fetchval(BALANCE))
    #> -60
    print(await withdraw(first))  # (2)!
    #> refused
    # --8<-- [end:race]

    # --8<-- [start:conditional]
    await first.execute("UPDATE accounts SET balance = 100")
    pay = "UPDATE accounts SET balance = balance - 80 WHERE balance >= 80"
    print(sorted(await asyncio.gather(first.execute(pay), second.execute(pay))))
    #> ['UPDATE 0', 'UPDATE 1']
    print(await first.fetchval(BALANCE))
    #> 20
    # --8<-- [end:conditional]
    await first.close()
    await second.close()


if __name__ == "__main__":
    asyncio.run(main())
