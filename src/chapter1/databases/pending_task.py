"""A stream remembers who took a task until the taker acknowledges it."""

import asyncio
import os
from typing import Any

import redis.asyncio


async def main() -> None:
    queue = redis.asyncio.from_url(os.environ["REDIS_URL"], decode_responses=True)
    # --8<-- [start:pending]
    await queue.xgroup_create("mails", "senders", mkstream=True)  # (1)!
    await queue.xadd("mails", {"to": "ada"})
    taken: Any = await queue.xreadgroup("senders", "worker1", {"mails": ">"})
    print([fields for _, fields in taken[0][1]])
    #> [{'to': 'ada'}]
    print(await queue.xreadgroup("senders", "worker2", {"mails": ">"}))
    #> []
    waiting = await queue.xpending("mails", "senders")  # (2)!
    print(waiting["pending"], waiting["consumers"])
    #> 1 [{'name': 'worker1', 'pending': 1}]
    _, claimed, _ = await queue.xautoclaim("mails", "senders", "worker2", 0)
    for number, _ in claimed:
        await queue.xack("mails", "senders", number)  # (3)!
    waiting = await queue.xpending("mails", "senders")
    print([fields for _, fields in claimed], waiting["pending"])
    #> [{'to': 'ada'}] 0
    # --8<-- [end:pending]
    await queue.aclose()


if __name__ == "__main__":
    asyncio.run(main())
