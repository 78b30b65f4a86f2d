"""A hundred payments, each answered, then `kill -9`: which are found after a restart, recorded."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import asyncpg

from local_servers import binaries, postgres
from local_servers.account import unprivileged
from local_servers.guardian import temporary_folder
from local_servers.server import Place

PLACE = Path("docs/assets/figures/recordings/crash/payments.json")
SETTINGS = {"before": "off", "after": "on"}  # when COMMIT is answered: synchronous_commit
PAYMENTS = 100
EVERY = 0.01  # seconds
START_SECONDS = 45.0
TRIES = 5
Crash = dict[str, list[int]]


def record() -> dict[str, Crash]:
    """Crash a server for each setting; return by payment when it was answered, and what is left.

    Times are in milliseconds from the first answer. The log comes to the disk about five times a
    second even if nobody waits for it. A crash in the moment after it loses nothing, and is tried
    again.

    Raises:
        RuntimeError: nothing was lost, however often it was tried.
    """
    careful = crash(SETTINGS["after"])
    for _ in range(TRIES):
        careless = crash(SETTINGS["before"])
        if len(careless["found"]) < PAYMENTS:
            return {"before": careless, "after": careful}
    raise RuntimeError(f"{TRIES} crashes, and no answered payment was lost")


def crash(setting: str) -> Crash:
    """Pay, kill the server, start it again, and return what was answered and what is found."""
    with places() as (program, place):
        with postgres.running(program, place, durable=True) as url:
            lock_file = place.folder / "data" / "postmaster.pid"
            server = int(lock_file.read_text("utf-8").split()[0])
            answered = asyncio.run(pay(url, setting, server))
        with postgres.running(program, place, durable=True) as url:
            return {"answered": answered, "found": asyncio.run(payments(url))}


@contextmanager
def places() -> Iterator[tuple[Path, Place]]:
    """Yield PostgreSQL's program and a folder for its server, as an account it agrees to."""
    account = unprivileged()
    with temporary_folder(account) as folder:
        program = binaries.postgres().usable_by(account, folder / "programs")
        server = folder / "server"
        server.mkdir(mode=0o700)
        if account:
            account.owns(server)
        yield program.executable, Place(server, account, patience())


def patience() -> Callable[[], None]:
    """Return what waits a moment for a server, and raises TimeoutError after too many of them."""
    deadline = time.monotonic() + START_SECONDS

    def pause() -> None:
        time.sleep(0.01)
        if time.monotonic() > deadline:
            raise TimeoutError

    return pause


async def pay(url: str, setting: str, server: int) -> list[int]:
    """Make the payments, each a transaction, then kill every process of the server."""
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE payments (number integer)")
    await connection.execute(f"SET synchronous_commit = {setting}")
    rows = await connection.fetch("SELECT pid FROM pg_stat_activity")
    answered: list[float] = []
    for number in range(PAYMENTS):
        await asyncio.sleep(EVERY)
        await connection.execute("INSERT INTO payments VALUES ($1)", number)
        answered.append(time.monotonic())
    for process in (server, *(row["pid"] for row in rows)):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    connection.terminate()
    return [round((moment - answered[0]) * 1000) for moment in answered]


async def payments(url: str) -> list[int]:
    """Return the payments that are there."""
    connection = await asyncpg.connect(url)
    rows = await connection.fetch("SELECT number FROM payments ORDER BY number")
    await connection.close()
    return [row["number"] for row in rows]


def facts(recording: dict[str, Crash]) -> dict[str, dict[str, object]]:
    """Return what comes out each time: of the answered, some are missing or none, the last ones."""
    return {
        when: {
            "answered": len(one["answered"]),
            "some missing": len(one["found"]) < len(one["answered"]),
            "found are the first": one["found"] == list(range(len(one["found"]))),
        }
        for when, one in recording.items()
    }
