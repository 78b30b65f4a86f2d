"""Three visitors and a report share an event loop; prints when each had its turns, as JSON.

`blocks` as the argument makes the report block the loop, `thread` moves it into a thread.
Every lane is a coroutine that notes each of its turns: due, begun, ended, in milliseconds.
"""

import asyncio
import json
import sys
import time
from collections.abc import Coroutine, Generator
from typing import Any

VISITORS = {"ada": 0.1, "grace": 0.13, "health check": 0.08}  # seconds between two questions
ASKS = 8
BEGINS, TAKES = 0.25, 0.4
Turn = list[float]


class Lane(Coroutine[Any, Any, None]):
    """A coroutine that notes the time around each of its steps.

    Args:
        inner: the coroutine to run.
        due: when its next step is due, on the loop's clock; the inner one moves it forward.
    """

    def __init__(self, inner: Coroutine[Any, Any, None], due: list[float]) -> None:
        self.inner, self.due = inner, due
        self.turns: list[Turn] = []

    def send(self, value: object) -> object:
        """Run one step: what the event loop calls when the coroutine has the turn."""
        begun, due = time.monotonic(), self.due[0]
        try:
            return self.inner.send(value)
        finally:
            self.turns.append([due, begun, time.monotonic()])

    def throw(self, *error: Any) -> object:  # noqa: ANN401 — as Coroutine has it
        """Hand an exception to the coroutine."""
        return self.inner.throw(*error)

    def close(self) -> None:
        """End the coroutine."""
        self.inner.close()

    def __await__(self) -> Generator[Any, Any, None]:
        """Wait for the coroutine."""
        return self.inner.__await__()


async def visitor(due: list[float], every: float) -> None:
    """Ask again and again, each time a little later."""
    for _ in range(ASKS):
        due[0] = time.monotonic() + every
        await asyncio.sleep(every)


async def report(due: list[float], *, blocks: bool) -> None:
    """Begin a little later, and take long."""
    due[0] += BEGINS
    await asyncio.sleep(BEGINS)
    if blocks:
        time.sleep(TAKES)  # noqa: ASYNC251 — this is what the figure is about
        return
    due[0] = time.monotonic() + TAKES
    await asyncio.to_thread(time.sleep, TAKES)


async def main(*, blocks: bool) -> dict[str, list[Turn]]:
    """Run everybody on one loop and return their turns, in milliseconds from the start."""
    start = time.monotonic()
    lanes = {}
    for name, every in VISITORS.items():
        due = [start]
        lanes[name] = Lane(visitor(due, every), due)
    due = [start]
    lanes["report"] = Lane(report(due, blocks=blocks), due)
    async with asyncio.TaskGroup() as group:
        for lane in lanes.values():
            group.create_task(lane)
    return {
        name: [[round((moment - start) * 1000) for moment in turn] for turn in lane.turns]
        for name, lane in lanes.items()
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(main(blocks=sys.argv[1] == "blocks"))))
