"""Starts the clock when the request is sent.

Feedback: A user waits from the moment the request was due.
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

    async def request(number: int) -> float:
        started = loop.time()
        await send(number)
        return loop.time() - started

    tasks = []
    for number in range(count):
        due = start + number / rate
        await asyncio.sleep(due - loop.time())
        tasks.append(asyncio.create_task(request(number)))
    return await asyncio.gather(*tasks)
