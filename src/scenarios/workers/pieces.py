"""Two pieces of work are begun together; prints when each was being worked on, as JSON.

The arguments say who does it, `processes`, `threads` or `coroutines`, and what: a piece
`computes` or `waits`. A piece is a list of turns, begun and ended, in milliseconds from the start.
A piece that computes looks at the clock all the time: where it finds a gap, somebody else had its
core or its lock.
"""

import asyncio
import json
import multiprocessing
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

PIECES = 2
STEPS = 10_000
GAP = 0.001  # seconds; a step takes a fiftieth of that
WAITS = 0.15  # seconds
Turn = tuple[float, float]
barrier: Any = None  # where the pieces wait for each other before they begin


def computes() -> list[Turn]:
    """Compute in plain Python, and return the turns it took."""
    turns = []
    begun = last = time.monotonic()
    for _ in range(STEPS):
        sum(i * i for i in range(300))
        now = time.monotonic()
        if now - last > GAP:
            turns.append((begun, last))
            begun = now
        last = now
    return [*turns, (begun, last)]


def waits() -> list[Turn]:
    """Wait for somebody who takes that long, and return when."""
    begun = time.monotonic()
    time.sleep(WAITS)
    return [(begun, time.monotonic())]


WORK: dict[str, Callable[[], list[Turn]]] = {"computes": computes, "waits": waits}


def meet(at: Any) -> None:  # noqa: ANN401 — a barrier of threads or of processes
    """Tell a worker where it waits for the others."""
    global barrier  # noqa: PLW0603 — a process has no other place for it
    barrier = at


def piece(work: str) -> list[Turn]:
    """Begin when the others begin."""
    barrier.wait()
    return WORK[work]()


def by(pool: Executor, work: str) -> list[list[Turn]]:
    """Give each piece to a worker of its own."""
    with pool:
        return list(pool.map(piece, [work] * PIECES))


def processes(work: str) -> list[list[Turn]]:
    """Start each process from nothing, the same way on every system."""
    context = multiprocessing.get_context("spawn")
    at = (context.Barrier(PIECES),)
    return by(ProcessPoolExecutor(PIECES, context, initializer=meet, initargs=at), work)


def threads(work: str) -> list[list[Turn]]:
    """Start a thread for each piece."""
    at = (threading.Barrier(PIECES),)
    return by(ThreadPoolExecutor(PIECES, initializer=meet, initargs=at), work)


def coroutines(work: str) -> list[list[Turn]]:
    """Start a task for each piece; one that waits does so at an `await`."""

    async def one() -> list[Turn]:
        if work == "computes":
            return computes()
        begun = time.monotonic()
        await asyncio.sleep(WAITS)
        return [(begun, time.monotonic())]

    async def all_of_them() -> list[list[Turn]]:
        return await asyncio.gather(*(one() for _ in range(PIECES)))

    return asyncio.run(all_of_them())


WAYS = {"processes": processes, "threads": threads, "coroutines": coroutines}


def main() -> None:
    """Do the work and print its lanes."""
    _, way, work = sys.argv
    lanes = WAYS[way](work)
    start = min(turns[0][0] for turns in lanes)
    lanes.sort(key=lambda turns: turns[0][0])
    found = [
        [[round((moment - start) * 1000, 1) for moment in turn] for turn in turns]
        for turns in lanes
    ]
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
