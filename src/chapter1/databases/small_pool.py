"""Ten requests share the two connections of a pool, and an eleventh gives up in time."""

import asyncio
import os

import asyncpg

# --8<-- [start:pool]
WHO = "SELECT pg_backend_pid()"


async def request(pool: asyncpg.Pool) -> int:
    async with pool.acquire(timeout=20) as connection:  # (1)!
        server_process: int = await connection.fetchval(WHO)  # (2)!
        return server_process


async def main() -> None:
    url = os.environ["DATABASE_URL"]
    async with asyncpg.create_pool(url, min_size=1, max_size=2) as pool:
        served_by = await asyncio.gather(*(request(pool) for _ in range(10)))
        print(len(served_by), "answers,", len(set(served_by)) <= 2)
        #> 10 answers, True

        async with pool.acquire(), pool.acquire():  # (3)!
            try:
                await pool.acquire(timeout=0.05)
            except TimeoutError:
                print("no connection free within 50 ms")
                #> no connection free within 50 ms
    # --8<-- [end:pool]


if __name__ == "__main__":
    asyncio.run(main())
