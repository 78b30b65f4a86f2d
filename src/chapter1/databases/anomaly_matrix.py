"""Five anomalies, tried with two sessions on each of the four isolation levels."""

import asyncio
import os

from asyncpg import Connection, SerializationError, connect

ACCOUNT = "SELECT balance FROM accounts WHERE id = 1"
RICH = "SELECT count(*) FROM accounts WHERE balance >= 100"
TOTAL = "SELECT sum(balance) FROM accounts"
Two = tuple[int, int]


# --8<-- [start:reads]
async def dirty_read(mine: Connection, other: Connection) -> Two:
    async with other.transaction():
        await other.execute("UPDATE accounts SET balance = 999 WHERE id = 1")
        return 100, await mine.fetchval(ACCOUNT)  # (1)!


async def non_repeatable_read(mine: Connection, other: Connection) -> Two:
    async with mine.transaction():
        before = await mine.fetchval(ACCOUNT)
        await other.execute("UPDATE accounts SET balance = 50 WHERE id = 1")
        return before, await mine.fetchval(ACCOUNT)


async def phantom(mine: Connection, other: Connection) -> Two:
    async with mine.transaction():
        before = await mine.fetchval(RICH)  # (2)!
        await other.execute("INSERT INTO accounts VALUES (3, 100)")
        return before, await mine.fetchval(RICH)
    # --8<-- [end:reads]


# --8<-- [start:writes]
async def lost_update(mine: Connection, other: Connection) -> Two:
    add = "UPDATE accounts SET balance = balance + 10 WHERE id = 1"
    write = "UPDATE accounts SET balance = $1 WHERE id = 1"
    async with mine.transaction():
        seen = await mine.fetchval(ACCOUNT)
        await other.execute(add)
        await mine.execute(write, seen + 10)
    return 120, await mine.fetchval(ACCOUNT)


async def write_skew(mine: Connection, other: Connection) -> Two:
    take = "UPDATE accounts SET balance = balance - 150 WHERE id = $1"
    async with mine.transaction():
        i_may = await mine.fetchval(TOTAL) >= 150
        async with other.transaction():
            if await other.fetchval(TOTAL) >= 150:
                await other.execute(take, 2)
        if i_may:
            await mine.execute(take, 1)
    return 50, await mine.fetchval(TOTAL)
    # --8<-- [end:writes]


# --8<-- [start:measure]
READS = [dirty_read, non_repeatable_read, phantom]
WRITES = [lost_update, write_skew]
SET_LEVEL = "SELECT set_config('default_transaction_isolation', $1, false)"
SET_UP = """DROP TABLE IF EXISTS accounts;
            CREATE TABLE accounts (id integer, balance integer);
            INSERT INTO accounts VALUES (1, 100), (2, 100)"""


async def measure(level: str) -> list[str]:
    mine = await connect(os.environ["DATABASE_URL"])
    other = await connect(os.environ["DATABASE_URL"])
    for session in (mine, other):
        await session.execute(SET_LEVEL, level)
    cells = []
    for anomaly in READS + WRITES:
        await mine.execute(SET_UP)
        try:
            expected, seen = await anomaly(mine, other)
        except SerializationError as error:
            cells.append(error.sqlstate)
        else:
            cells.append("no" if seen == expected else "yes")
    await mine.close()
    await other.close()
    return cells
    # --8<-- [end:measure]


async def main() -> None:
    # --8<-- [start:matrix]
    print([anomaly.__name__ for anomaly in READS])
    #> ['dirty_read', 'non_repeatable_read', 'phantom']
    print([anomaly.__name__ for anomaly in WRITES])
    #> ['lost_update', 'write_skew']
    print(await measure("read uncommitted"))
    #> ['no', 'yes', 'yes', 'yes', 'yes']
    print(await measure("read committed"))
    #> ['no', 'yes', 'yes', 'yes', 'yes']
    print(await measure("repeatable read"))
    #> ['no', 'no', 'no', '40001', 'yes']
    print(await measure("serializable"))
    #> ['no', 'no', 'no', '40001', '40001']
    # --8<-- [end:matrix]


if __name__ == "__main__":
    asyncio.run(main())
