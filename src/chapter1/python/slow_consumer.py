"""A queue with a maximum size makes a fast producer wait for a slow consumer."""

import asyncio

# --8<-- [start:backpressure]
longest = {"unlimited": 0, "limited": 0}


async def produce(queue: asyncio.Queue[int], name: str) -> None:
    for line in range(1000):
        await queue.put(line)  # (1)!
        longest[name] = max(longest[name], queue.qsize())


async def consume(queue: asyncio.Queue[int]) -> None:
    for _ in range(1000):
        await queue.get()
        await asyncio.sleep(0)  # (2)!


async def main() -> None:
    unlimited: asyncio.Queue[int] = asyncio.Queue()
    await asyncio.gather(produce(unlimited, "unlimited"), consume(unlimited))
    limited: asyncio.Queue[int] = asyncio.Queue(maxsize=10)
    await asyncio.gather(produce(limited, "limited"), consume(limited))
    print(longest)
    #> {'unlimited': 1000, 'limited': 10}
    # --8<-- [end:backpressure]


if __name__ == "__main__":
    asyncio.run(main())
