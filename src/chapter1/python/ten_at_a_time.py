"""A semaphore lets ten of a hundred requests through at a time."""

import asyncio


# --8<-- [start:limit]
class Server:
    busy = 0
    peak = 0

    async def answer(self) -> None:
        self.busy += 1
        self.peak = max(self.peak, self.busy)
        await asyncio.sleep(0.005)
        self.busy -= 1


async def main() -> None:
    crowded, calm = Server(), Server()
    await asyncio.gather(*[crowded.answer() for _ in range(100)])
    print(crowded.peak)
    #> 100
    slots = asyncio.Semaphore(10)

    async def ask() -> None:
        async with slots:  # (1)!
            await calm.answer()

    await asyncio.gather(*[ask() for _ in range(100)])
    print(calm.peak)
    #> 10
    # --8<-- [end:limit]


if __name__ == "__main__":
    asyncio.run(main())
