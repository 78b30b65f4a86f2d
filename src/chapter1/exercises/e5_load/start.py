"""Exercise 5: a load that does not wait politely.

This sender waits for each answer before it sends again: a closed loop. Make an open one of it,
so that every criterion on the page "Exercises" holds. Look for TODO.

Check it with: make exercise N=5
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
    latencies = []
    for number in range(count):
        # TODO: send when the request is due, whatever became of the others.
        # TODO: and from which moment on has a user been waiting?
        started = loop.time()
        await send(number)
        latencies.append(loop.time() - started)
        await asyncio.sleep(1 / rate)
    return latencies
