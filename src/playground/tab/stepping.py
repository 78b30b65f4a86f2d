"""The event loop driven one turn at a time: for browsers that cannot put Python's stack aside."""

import asyncio
from asyncio import events
from collections.abc import Callable, Coroutine, Generator
from typing import Any

from .loop import TabLoop


class Pause:
    """Awaited, it leaves Python: whoever drives it comes back when something has arrived.

    Args:
        seconds: after this time at the latest; None for no limit.
    """

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds

    def __await__(self) -> Generator["Pause", None, None]:
        """Hand this pause to the driver."""
        yield self


def in_steps(
    make_loop: Callable[[], TabLoop],
) -> Callable[[Coroutine[Any, Any, Any]], Coroutine[Any, Any, Any]]:
    """Return a stand-in for `asyncio.run` that is awaited."""

    async def run(main: Coroutine[Any, Any, Any], **_: object) -> Any:
        loop = make_loop()
        loop.stepping = True
        try:
            return await step_until_done(loop, main)
        finally:
            await step_until_done(loop, tidy(loop))
            loop.close()

    return run


async def step_until_done(loop: TabLoop, main: Coroutine[Any, Any, Any]) -> Any:
    """Run `main` one turn of the loop at a time, and pause between turns."""
    task = loop.create_task(main)
    while not task.done():
        events._set_running_loop(loop)
        try:
            loop._run_once()  # type: ignore[attr-defined]
        finally:
            events._set_running_loop(None)
        if not task.done():
            await Pause(seconds_to_wait(loop))
    return task.result()


def seconds_to_wait(loop: TabLoop) -> float | None:
    """Return for how long nothing is to be done, in seconds; None if no timer is set."""
    if loop._ready:  # type: ignore[attr-defined]
        return 0
    timers = loop._scheduled  # type: ignore[attr-defined]
    return max(0.0, timers[0].when() - loop.time()) if timers else None


async def tidy(loop: asyncio.AbstractEventLoop) -> None:
    """Cancel the tasks that are left, as `asyncio.run` does at its end."""
    left = asyncio.all_tasks(loop) - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    await loop.shutdown_asyncgens()
