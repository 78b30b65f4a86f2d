"""Checks exercise 2: five connections for fifty requests."""

import asyncio
from collections import Counter
from types import ModuleType
from typing import TYPE_CHECKING

import asyncpg
import httpx

from exercises import Misconception, Wrong
from exercises.running import running
from local_servers import Addresses

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]

SQL_PAGE = "databases/sql.md"
LIFESPAN = "service/a_requests_way.md"
FAILURES = "service/when_things_fail.md"

ONE_EACH = Misconception(
    "A request borrows a connection; it does not open one.",
    "A connection costs the server a process and you several round trips. Open the pool once,"
    " while the app starts, and let the requests take turns.",
    SQL_PAGE,
)
NOT_KEPT = Misconception(
    "A limit is not a pool.",
    "Never more than five are open at a time, but each is opened anew and thrown away. A pool"
    " keeps them.",
    SQL_PAGE,
)
TOO_LARGE = Misconception(
    "A pool takes ten connections unless you say how many.",
    "asyncpg opens min_size=10 and lends up to max_size=10. Every worker brings its own pool, so"
    " the number is a decision, not a default.",
    SQL_PAGE,
)
LEFT_OPEN = Misconception(
    "What the lifespan opens before its yield, it closes after it.",
    "A pool is not closed because the app ends. Its connections stay, and count against the"
    " server's limit, until somebody notices. `async with` closes for certain.",
    LIFESPAN,
)
WAITS_FOR_EVER = Misconception(
    "A pool waits for ever unless you say how long.",
    "acquire() has no timeout of its own, and command_timeout counts only once a connection is"
    " there. So one slow query makes every request hang. Say acquire(timeout=…).",
    FAILURES,
)
UNCAUGHT = Misconception(
    "A timeout is an exception, and an exception is a 500.",
    "500 says: a fault in the program. Nothing is broken here, the service is busy. Catch the"
    " TimeoutError and answer 503, which says: try again later.",
    FAILURES,
)
OTHER_STATUS = Misconception(
    "Busy is 503.",
    "404 would say that the user does not exist, 429 that this client asks too often, 500 that the"
    " program is wrong. 503 says that the service cannot answer now.",
    FAILURES,
)
NOT_RETURNED = Misconception(
    "What is borrowed has to be given back.",
    "A connection that is not released is lost to everybody else, also when the request fails."
    " `async with pool.acquire()` returns it in any case.",
    SQL_PAGE,
)
NOT_ANSWERED = Misconception(
    "Fifty requests fit through five connections.",
    "Each takes some milliseconds, so the last one waits less than a second. Let them wait for a"
    " moment before you give up.",
    SQL_PAGE,
)

# Reading a row notes who reads, and how many connections there are; it takes 5 ms.
TABLES = """
    CREATE TABLE stored (id integer PRIMARY KEY, username text NOT NULL);
    INSERT INTO stored SELECT number, 'user ' || number FROM generate_series(1, 50) AS number;
    CREATE TABLE seen (pid integer, connections integer);
    CREATE FUNCTION watched(integer) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO seen SELECT pg_backend_pid(), count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name <> 'check';
        PERFORM pg_sleep(0.005);
        RETURN true;
    END $$;
    CREATE VIEW users AS SELECT id, username FROM stored WHERE watched(id);
"""
OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name <> 'check'
"""


async def test_fifty(solution: ModuleType, fresh: Addresses) -> None:
    """Fifty requests at once are answered 200, over five database connections at the most."""
    own = await prepare(fresh)
    async with running(solution.app) as client:
        answers = await ask(client, range(1, 51))
    done = "Sent fifty requests at once."
    statuses = Counter(answer for answer in answers if answer != 200)
    pids = await own.fetchval("SELECT count(DISTINCT pid) FROM seen")
    peak = await own.fetchval("SELECT max(connections) FROM seen") or 0
    await own.close()
    came = f"The database saw {pids} connections, {peak} at the same time."
    if pids >= 25:
        raise Wrong(NOT_KEPT if peak <= 5 else ONE_EACH, done=done, came=came)
    if max(pids, peak) > 5:
        raise Wrong(TOO_LARGE, done=done, came=came)
    if statuses:
        came = ", ".join(f"{number} times status {status}" for status, number in statuses.items())
        raise Wrong(NOT_ANSWERED, done=done, came=came)


async def test_shutdown(solution: ModuleType, fresh: Addresses) -> None:
    """After shutdown the database counts no connection of the service."""
    own = await prepare(fresh)
    async with running(solution.app) as client:
        await ask(client, range(1, 6))
    left = await settled(own, OTHERS, 0)
    await own.close()
    if left:
        done = "Answered five requests, then shut the service down."
        raise Wrong(LEFT_OPEN, done=done, came=f"{left} connections are still open.")


async def test_exhausted(solution: ModuleType, fresh: Addresses) -> None:
    """While all connections are lent, a request is answered 503 within a second; then 200 again."""
    own = await prepare(fresh)
    done = "Blocked the table, sent ten requests at once"
    async with running(solution.app) as client:
        async with own.transaction():
            await own.execute("LOCK TABLE stored IN ACCESS EXCLUSIVE MODE")
            tasks = [asyncio.create_task(read(client, number)) for number in range(1, 11)]
            quick = await answered(tasks, 5)
        late = await asyncio.gather(*(task for task in tasks if task not in quick))
        for task in quick:
            judge(task, f"{done}.")
        if len(quick) < 5:
            came = f"After a second, {len(quick)} of them were answered. Five could not be served."
            raise Wrong(WAITS_FOR_EVER, done=f"{done}.", came=came)
        done += ", let go of it, and sent five more."
        again = await ask(client, range(11, 16))
    await own.close()
    if any(status != 200 for status in (*late, *again)):
        raise Wrong(NOT_RETURNED, done=done, came=f"They were answered {again}.")


async def prepare(fresh: Addresses) -> "Connection":
    """Make the tables, and return a connection that is not counted."""
    settings = {"application_name": "check"}
    own = await asyncpg.connect(fresh.database_url, server_settings=settings)
    await own.execute(TABLES)
    return own


async def read(client: httpx.AsyncClient, number: int) -> int:
    """Ask for a user and return the status."""
    return (await client.get(f"/users/{number}")).status_code


async def ask(client: httpx.AsyncClient, numbers: range) -> list[int]:
    """Ask for several users at once."""
    return await asyncio.gather(*(read(client, number) for number in numbers))


async def answered(tasks: list[asyncio.Task[int]], wanted: int) -> list[asyncio.Task[int]]:
    """Return the tasks that are done when enough of them are, or when a second is over.

    It is a second and a quarter: the machine may be busy.
    """
    for _ in range(25):
        await asyncio.sleep(0.05)
        if sum(task.done() for task in tasks) >= wanted:
            break
    return [task for task in tasks if task.done()]


def judge(task: asyncio.Task[int], done: str) -> None:
    """Look at a request that was answered while the table was blocked."""
    problem = task.exception()
    if isinstance(problem, TimeoutError):
        raise Wrong(UNCAUGHT, done=done, came="TimeoutError, hence status 500") from problem
    if problem:
        raise problem
    if task.result() == 500:
        raise Wrong(UNCAUGHT, done=done, came="Status 500")
    if task.result() != 503:
        raise Wrong(OTHER_STATUS, done=done, came=f"Status {task.result()}")


async def settled(own: "Connection", query: str, wanted: int) -> int:
    """Ask until the answer is the one that is wanted, for two seconds at most."""
    for _ in range(40):
        found = int(await own.fetchval(query))
        if found == wanted:
            break
        await asyncio.sleep(0.05)
    return found
