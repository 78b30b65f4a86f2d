"""Timing an async function by calling it times the making of a coroutine."""

import asyncio
import time
from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

Result = TypeVar("Result")


# --8<-- [start:timed]
def timed(action: Callable[[], Result]) -> tuple[float, Result]:
    started = perf_counter()
    result = action()
    return perf_counter() - started, result


async def load() -> None:
    await asyncio.sleep(0.05)


async def main() -> None:
    took, result = timed(load)
    print(took < 0.025, type(result).__name__)
    #> True coroutine
    started = perf_counter()
    await result
    print(perf_counter() - started > 0.025)
    #> True
    # --8<-- [end:timed]

    # --8<-- [start:clocks]
    print(time.get_clock_info("time").monotonic)
    #> False
    print(time.get_clock_info("perf_counter").monotonic)
    #> True
    # --8<-- [end:clocks]


if __name__ == "__main__":
    asyncio.run(main())
