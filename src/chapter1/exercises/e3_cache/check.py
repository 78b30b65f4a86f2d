"""Checks exercise 3: a cache that does not lie."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from types import ModuleType
from typing import TYPE_CHECKING

import asyncpg
import httpx
import pytest
from redis import RedisError
from redis.asyncio import Redis

from exercises import Misconception, Wrong
from exercises.running import running
from local_servers import Addresses

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]

CACHE = "service/the_cache.md"
FAILURES = "service/when_things_fail.md"

NO_CACHE = Misconception(
    "A copy is looked for before the database is asked.",
    "Here every read makes a SELECT. Ask the cache first. After a miss, read the row, put it into"
    " the cache with a time to live, and answer it.",
    CACHE,
)
NEVER_ASKED = Misconception(
    "A cache that is filled has to be asked, too.",
    "Redis holds something after the first read, yet the second one does not find it. Usually the"
    " keys of the two commands differ, or the read comes before the look.",
    CACHE,
)
IN_PROCESS = Misconception(
    "A variable is not a shared cache.",
    "A dict belongs to one process. A second worker has another one, and nobody can delete from"
    " both. Put the copy into Redis, where all workers see it.",
    "processes/processes_threads_coroutines.md",
)
OTHER_BODY = Misconception(
    "A hit and a miss give the same answer.",
    "The client cannot know where the answer comes from, and its shape must not tell.",
    CACHE,
)
OLD_AFTER_PATCH = Misconception(
    "A change has two places: the row and its copy.",
    "The PATCH changed the row. The copy in the cache lives on until it expires, and every read"
    " until then shows the old value. Delete the copy after the UPDATE.",
    CACHE,
)
GHOST = Misconception(
    "A deleted row can live on in the cache.",
    "The DELETE removed the row, and the copy answers in its place. Invalidate on every change,"
    " also on the one that leaves nothing behind.",
    CACHE,
)
TOO_EARLY = Misconception(
    "First the database, then the cache.",
    "The copy was deleted before the UPDATE was done. A reader in between finds the cache empty,"
    " reads the old row and puts it back. Delete the copy when the change is committed.",
    CACHE,
)
CACHE_NEEDED = Misconception(
    "A cache is a help, not a need.",
    "Everything it holds is in the database, too. When Redis refuses, catch its RedisError, at"
    " reads and at changes, and go on without it: slower, but right.",
    FAILURES,
)
LATE_FILL = Misconception(
    "A reader may be slower than a change.",
    "It read the row before the change and filled the cache after it. The change had deleted a copy"
    " that was not there yet. Let the fill fail if the key was invalidated in between: a lease.",
    CACHE,
)
UNEXPECTED = Misconception(
    "Without a reason to fail, the answer is 200.",
    "GET and PATCH answer 200 and the user, DELETE answers 204, as they did at the beginning.",
    CACHE,
)

# `users` behaves like a table. Its first SELECT waits, once it has read its row, for advisory
# lock 1, which nobody holds unless a test does. The sequence counts the SELECTs.
TABLES = r"""
    CREATE TABLE stored (id integer PRIMARY KEY, username text NOT NULL, email text NOT NULL);
    INSERT INTO stored VALUES (1, 'ada', 'ada@old'), (2, 'grace', 'grace@old');
    CREATE SEQUENCE reads;
    CREATE FUNCTION watched(integer) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
        IF current_query() ~* '^\s*(select|with)' AND nextval('reads') = 1 THEN
            PERFORM pg_advisory_xact_lock_shared(1);
        END IF;
        RETURN true;
    END $$;
    CREATE VIEW users AS SELECT id, username, email FROM stored WHERE watched(id);
"""
READS = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM reads"
WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
NEW = {"email": "ada@new"}


async def test_second_read(solution: ModuleType, fresh: Addresses) -> None:
    """The second read of a user makes no SELECT, and answers the same."""
    async with service(solution, fresh) as (client, own):
        first = await get(client, 1)
        if not await own.fetchval(READS):
            raise Wrong(NO_CACHE, done="GET /users/1", came="No SELECT at all: where is ada from?")
        second = await get(client, 1)
        reads = await own.fetchval(READS)
        async with Redis.from_url(fresh.redis_url) as cache:
            filled = await cache.dbsize()
    done = "GET /users/1, twice"
    if reads > 1:
        came = f"PostgreSQL saw {reads} SELECTs; Redis holds {filled} keys."
        raise Wrong(NEVER_ASKED if filled else NO_CACHE, done=done, came=came)
    if not filled:
        raise Wrong(IN_PROCESS, done=done, came="One SELECT, and nothing in Redis.")
    if first.json() != second.json():
        raise Wrong(OTHER_BODY, done=done, came=f"First {first.text}, then {second.text}")


async def test_patch(solution: ModuleType, fresh: Addresses) -> None:
    """A read after the answer to a PATCH shows the new value."""
    async with service(solution, fresh) as (client, _):
        await get(client, 1)
        await patch(client)
        found = await get(client, 1)
    if found.json()["email"] != NEW["email"]:
        done = "GET /users/1, PATCH its email to ada@new, GET /users/1"
        raise Wrong(OLD_AFTER_PATCH, done=done, came=found.text)


async def test_delete(solution: ModuleType, fresh: Addresses) -> None:
    """A read after the answer to a DELETE is 404."""
    async with service(solution, fresh) as (client, _):
        await get(client, 1)
        await delete(client)
        found = await client.get("/users/1")
    if found.status_code != 404:
        done = "GET /users/1, DELETE /users/1, GET /users/1"
        raise Wrong(GHOST, done=done, came=f"Status {found.status_code}: {found.text}")


async def test_read_during_patch(solution: ModuleType, fresh: Addresses) -> None:
    """A read that comes while a PATCH is under way leaves nothing old behind."""
    async with service(solution, fresh) as (client, own):
        await get(client, 1)
        async with own.transaction():
            await own.execute("SELECT FROM stored WHERE id = 1 FOR UPDATE")
            change = asyncio.create_task(patch(client))
            await until_waiting(own)
            await get(client, 1)
        await change
        found = await get(client, 1)
    if found.json()["email"] != NEW["email"]:
        done = "Held a PATCH at its UPDATE, GET /users/1, let the PATCH finish, GET /users/1"
        raise Wrong(TOO_EARLY, done=done, came=f"The last answer is {found.text}")


@pytest.mark.usefixtures("redis_refused")
async def test_refused(solution: ModuleType, fresh: Addresses) -> None:
    """While Redis refuses connections, GET, PATCH and DELETE work as if there were no cache."""
    done = "Started the service with a REDIS_URL that refuses; GET, PATCH, GET, DELETE, GET"
    try:
        async with service(solution, fresh) as (client, _):
            statuses = [
                (await client.get("/users/1")).status_code,
                (await client.patch("/users/1", json=NEW)).status_code,
            ]
            found = await client.get("/users/1")
            statuses += [found.status_code, (await client.delete("/users/1")).status_code]
            statuses.append((await client.get("/users/1")).status_code)
    except (RedisError, ConnectionError) as problem:
        came = f"{type(problem).__name__}, hence status 500"
        raise Wrong(CACHE_NEEDED, done=done, came=came) from problem
    if statuses != [200, 200, 200, 204, 404]:
        came = f"Answered {statuses}, not [200, 200, 200, 204, 404]."
        raise Wrong(CACHE_NEEDED, done=done, came=came)
    if found.json()["email"] != NEW["email"]:
        raise Wrong(OLD_AFTER_PATCH, done=done, came=found.text)


async def test_held_fill(solution: ModuleType, fresh: Addresses) -> None:
    """Star: a slow reader that fills the cache after a PATCH or DELETE brings nothing old back."""
    async with service(solution, fresh) as (client, own):
        await hold_a_reader(client, own, patch(client))
        found = await get(client, 1)
        if found.json()["email"] != NEW["email"]:
            done = "Held a reader once it had its row; PATCH; let the reader finish; GET /users/1"
            raise Wrong(LATE_FILL, done=done, came=f"The last answer is {found.text}")
        async with Redis.from_url(fresh.redis_url) as cache:
            await cache.flushdb()
        await own.execute("SELECT setval('reads', 1, false)")
        await hold_a_reader(client, own, delete(client))
        ghost = await client.get("/users/1")
        if ghost.status_code != 404:
            done = "Held a reader once it had its row; DELETE; let the reader finish; GET /users/1"
            raise Wrong(LATE_FILL, done=done, came=f"The last answer is {ghost.text}")


@asynccontextmanager
async def service(
    solution: ModuleType, fresh: Addresses
) -> AsyncIterator[tuple[httpx.AsyncClient, "Connection"]]:
    """Run the service on new tables; yield a client and a connection of the check's own."""
    own = await asyncpg.connect(fresh.database_url)
    try:
        await own.execute(TABLES)
        async with running(solution.app) as client:
            yield client, own
    finally:
        await own.close()


async def hold_a_reader(
    client: httpx.AsyncClient, own: "Connection", change: Coroutine[None, None, None]
) -> None:
    """Let a reader read its row, then make the change, and only then let the reader go on."""
    await own.execute("SELECT pg_advisory_lock(1)")
    reader = asyncio.create_task(get(client, 1))
    await until_waiting(own)
    task = asyncio.create_task(change)
    await asyncio.wait([task], timeout=1)  # it may wait for the reader, which is a solution, too
    await own.execute("SELECT pg_advisory_unlock(1)")
    await reader
    await task


async def until_waiting(own: "Connection") -> None:
    """Wait until a statement of the service waits for a lock, for two seconds at most."""
    for _ in range(100):
        if await own.fetchval(WAITING):
            return
        await asyncio.sleep(0.02)


async def get(client: httpx.AsyncClient, number: int) -> httpx.Response:
    """Read a user who is there."""
    found = await client.get(f"/users/{number}")
    if found.status_code != 200:
        came = f"Status {found.status_code}: {found.text}"
        raise Wrong(UNEXPECTED, done=f"GET /users/{number}, who is there", came=came)
    return found


async def patch(client: httpx.AsyncClient) -> None:
    """Change Ada's email."""
    answer = await client.patch("/users/1", json=NEW)
    if answer.status_code != 200:
        came = f"Status {answer.status_code}: {answer.text}"
        raise Wrong(UNEXPECTED, done=f"PATCH /users/1 with {NEW}", came=came)


async def delete(client: httpx.AsyncClient) -> None:
    """Delete Ada."""
    answer = await client.delete("/users/1")
    if answer.status_code != 204:
        came = f"Status {answer.status_code}: {answer.text}"
        raise Wrong(UNEXPECTED, done="DELETE /users/1", came=came)
