"""On SIGTERM, take nothing new, finish what was begun, and stop at a deadline."""

import asyncio
import os
import signal


# --8<-- [start:graceful]
async def order(seconds: float) -> str:
    await asyncio.sleep(seconds)
    return "answered"


async def main() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    quick = asyncio.create_task(order(0.1))
    stuck = asyncio.create_task(order(3600))

    os.kill(os.getpid(), signal.SIGTERM)  # (1)!
    await stop.wait()  # (2)!
    done, late = await asyncio.wait([quick, stuck], timeout=1)
    print([task.result() for task in done], len(late), "given up")
    #> ['answered'] 1 given up
    # --8<-- [end:graceful]
    for task in late:
        task.cancel()


if __name__ == "__main__":
    asyncio.run(main())
