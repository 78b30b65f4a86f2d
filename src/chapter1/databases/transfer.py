"""A transfer that fails half way loses money, unless both halves are one transaction."""

import asyncio
import os

import asyncpg


async def open_accounts(connection: asyncpg.Connection) -> None:
    await connection.execute("CREATE TABLE accounts (owner text PRIMARY KEY, balance integer)")
    await connection.execute("INSERT INTO accounts VALUES ('ada', 100), ('grace', 50)")


async def balances(connection: asyncpg.Connection) -> dict[str, int]:
    rows = await connection.fetch("SELECT owner, balance FROM accounts ORDER BY owner")
    return {row["owner"]: row["balance"] for row in rows}


# --8<-- [start:halfway]
TAKE = "UPDATE accounts SET balance = balance - 30 WHERE owner = $1"  # (1)!
GIVE = "UPDATE accounts SET balance = balance + 30 WHERE owner = $1"


async def transfer(bank: asyncpg.Connection, payer: str, payee: str) -> None:
    await bank.execute(TAKE, payer)
    if await bank.execute(GIVE, payee) == "UPDATE 0":  # (2)!
        raise LookupError(f"{payee} has no account")


async def main() -> None:
    connection = await asyncpg.connect(os.environ["DATABASE_URL"])
    await open_accounts(connection)  # (3)!
    try:
        await transfer(connection, "ada", "charles")
    except LookupError as error:
        print(error)
        #> charles has no account
    print(await balances(connection))
    #> {'ada': 70, 'grace': 50}
    # --8<-- [end:halfway]

    # --8<-- [start:transaction]
    try:
        async with connection.transaction():
            await transfer(connection, "ada", "charles")
    except LookupError as error:
        print(error)
        #> charles has no account
    print(await balances(connection))
    #> {'ada': 70, 'grace': 50}
    # --8<-- [end:transaction]
    await connection.close()


if __name__ == "__main__":
    asyncio.run(main())
