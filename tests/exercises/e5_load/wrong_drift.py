"""Sleeps between two requests.

Feedback: Sleeping between two requests is not a schedule.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def load(send: Callable[[int], Awaitable[None]], rate: float, count: int) -> list[float]:
    """Send `count` requests, `rate` of them in a second, and return their latencies in seconds.

    Request 0 is due when the function is called, request i is due i / rate seconds later. Read
    the time with asyncio.get_running_loop().time(), and wait with asyncio.sleep(): the check
    replaces that clock with a virtual one.

    Args:
        send: sends the request with this number, and returns when the answer is here.
        rate: requests per second.
        count: how many requests.
    """
    loop = asyncio.get_running_loop()
    start = loop.time()

    async def request(due: float, number: int) -> float:
        await send(number)
        return loop.time() - due

    tasks = []
    for number in range(count):
        due = start + number / rate
        tasks.append(asyncio.create_task(request(due, number)))
        await asyncio.sleep(1 / rate)
    return await asyncio.gather(*tasks)
