"""A popped task dies with its worker; a moved one can be found again."""

import asyncio
import os

import redis.asyncio


class PowerCut(Exception):
    """The worker's machine goes dark."""


async def send_mail(task: str) -> None:
    raise PowerCut(task)


async def main() -> None:
    queue = redis.asyncio.from_url(os.environ["REDIS_URL"], decode_responses=True)
    # --8<-- [start:popped]
    await queue.lpush("tasks", "mail:ada", "mail:grace")  # (1)!
    try:
        task = await queue.rpop("tasks")
        await send_mail(str(task))
    except PowerCut as cut:
        print("died over", cut)
        #> died over mail:ada
    print(await queue.lrange("tasks", 0, -1))
    #> ['mail:grace']
    # --8<-- [end:popped]

    # --8<-- [start:moved]
    try:
        task = await queue.lmove("tasks", "in_work:1", "RIGHT", "LEFT")
        await send_mail(str(task))
        await queue.lrem("in_work:1", 1, str(task))  # elsewhere: no power cut
    except PowerCut as cut:
        print("died over", cut)
        #> died over mail:grace
    print(await queue.lrange("in_work:1", 0, -1))
    #> ['mail:grace']
    # --8<-- [end:moved]
    await queue.aclose()


if __name__ == "__main__":
    asyncio.run(main())
