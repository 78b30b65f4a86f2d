"""SELECT … FOR UPDATE makes a second withdrawal wait before it looks."""

import asyncio
import os

import asyncpg


async def open_account(connection: asyncpg.Connection) -> None:
    await connection.execute("CREATE TABLE accounts (owner text, balance integer)")
    await connection.execute("INSERT INTO accounts VALUES ('ada', 100)")


async def until_it_waits(watcher: asyncpg.Connection, watched: asyncpg.Connection) -> None:
    blockers = "SELECT cardinality(pg_blocking_pids($1))"
    while not await watcher.fetchval(blockers, watched.get_server_pid()):
        await asyncio.sleep(0.005)


async def main() -> None:
    phone = await asyncpg.connect(os.environ["DATABASE_URL"])
    laptop = await asyncpg.connect(os.environ["DATABASE_URL"])
    await open_account(phone)
    # --8<-- [start:lock]
    look = "SELECT balance FROM accounts WHERE owner = 'ada' FOR UPDATE"
    pay = "UPDATE accounts SET balance = balance - 80 WHERE owner = 'ada'"

    async with phone.transaction():
        print("phone sees", await phone.fetchval(look))
        #> phone sees 100
        laptop_looks = asyncio.create_task(laptop.fetchval(look))
        await until_it_waits(phone, laptop)  # (1)!
        await phone.execute(pay)
    print("laptop sees", await laptop_looks)
    #> laptop sees 20
    # --8<-- [end:lock]
    await phone.close()
    await laptop.close()


if __name__ == "__main__":
    asyncio.run(main())
