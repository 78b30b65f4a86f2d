"""Two transfers that lock two rows in opposite order; the server ends one of them."""

import asyncio
import os

import asyncpg


async def open_accounts(connection: asyncpg.Connection) -> None:
    await connection.execute("CREATE TABLE accounts (owner text, balance integer)")
    await connection.execute("INSERT INTO accounts VALUES ('ada', 100), ('grace', 100)")


# --8<-- [start:deadlock]
ADD = "UPDATE accounts SET balance = balance + $2 WHERE owner = $1"
one_row_each = asyncio.Barrier(2)


async def transfer(bank: asyncpg.Connection, payer: str, payee: str) -> str:
    try:
        async with bank.transaction():
            await bank.execute(ADD, payer, -10)
            await one_row_each.wait()
            await bank.execute(ADD, payee, 10)  # (1)!
    except asyncpg.DeadlockDetectedError as error:
        return error.sqlstate
    return "done"


async def main() -> None:
    first = await asyncpg.connect(os.environ["DATABASE_URL"])
    second = await asyncpg.connect(os.environ["DATABASE_URL"])
    await open_accounts(first)
    one = transfer(first, "ada", "grace")
    opposite = transfer(second, "grace", "ada")
    print(sorted(await asyncio.gather(one, opposite)))
    #> ['40P01', 'done']
    # --8<-- [end:deadlock]
    await first.close()
    await second.close()


if __name__ == "__main__":
    asyncio.run(main())
