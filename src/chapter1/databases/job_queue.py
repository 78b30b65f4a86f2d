"""Four workers share a table of a hundred jobs, and no job is done twice."""

import asyncio
import os

import asyncpg


async def add_jobs(connection: asyncpg.Connection) -> None:
    await connection.execute("CREATE TABLE jobs (id bigint PRIMARY KEY, done boolean NOT NULL)")
    await connection.execute("INSERT INTO jobs SELECT id, false FROM generate_series(1, 100) id")


# --8<-- [start:queue]
NEXT = """SELECT id FROM jobs WHERE NOT done ORDER BY id
          LIMIT 1 FOR UPDATE SKIP LOCKED"""
DONE = "UPDATE jobs SET done = true WHERE id = $1"
all_hold_one = asyncio.Barrier(4)


async def work() -> list[int]:
    connection = await asyncpg.connect(os.environ["DATABASE_URL"])
    mine: list[int] = []
    while True:
        async with connection.transaction():
            job = await connection.fetchval(NEXT)
            if job is None:
                break
            if not mine:
                await all_hold_one.wait()  # (1)!
            await connection.execute(DONE, job)
            mine.append(job)
    await connection.close()
    return mine
    # --8<-- [end:queue]


async def main() -> None:
    connection = await asyncpg.connect(os.environ["DATABASE_URL"])
    await add_jobs(connection)
    await connection.close()
    # --8<-- [start:result]
    workers = await asyncio.gather(work(), work(), work(), work())
    done = [job for jobs in workers for job in jobs]
    print(len(done), "done,", len(set(done)), "distinct")
    #> 100 done, 100 distinct
    print("first jobs:", sorted(jobs[0] for jobs in workers))
    #> first jobs: [1, 2, 3, 4]
    # --8<-- [end:result]


if __name__ == "__main__":
    asyncio.run(main())
