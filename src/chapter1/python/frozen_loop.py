"""One blocking call freezes every coroutine; in a thread it freezes none."""

import asyncio
import threading
import time
from collections.abc import Coroutine
from typing import Any


# --8<-- [start:frozen]
async def longest_gap(work: Coroutine[Any, Any, None]) -> float:
    task = asyncio.create_task(work)
    gaps = [0.0]
    while not task.done():
        before = time.monotonic()
        await asyncio.sleep(0.01)  # (1)!
        gaps.append(time.monotonic() - before)
    return max(gaps)


async def report() -> None:
    time.sleep(0.5)  # (2)!


async def main() -> None:
    print(await longest_gap(report()) >= 0.5)
    #> True
    print(await longest_gap(asyncio.to_thread(time.sleep, 0.5)) < 0.5)
    #> True
    # --8<-- [end:frozen]

    # --8<-- [start:thread_goes_on]
    gave_up = threading.Event()
    finished: list[str] = []

    def write_report() -> None:
        gave_up.wait()  # (1)!
        finished.append("report")

    try:
        async with asyncio.timeout(0.02):
            await asyncio.to_thread(write_report)
    except TimeoutError:
        print(finished)
        #> []
    gave_up.set()
    await asyncio.get_running_loop().shutdown_default_executor()  # (2)!
    print(finished)
    #> ['report']
    # --8<-- [end:thread_goes_on]


if __name__ == "__main__":
    asyncio.run(main())
