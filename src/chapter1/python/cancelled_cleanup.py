"""Cancellation arrives as an exception: finally runs, and swallowing it disarms the timeout."""

import asyncio

# --8<-- [start:cleanup]
events: list[str] = []


async def download() -> None:
    events.append("file opened")
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        events.append("cancelled")
        raise  # (1)!
    finally:
        events.append("file closed")


async def main() -> None:
    try:
        async with asyncio.timeout(0.02):
            await download()
    except TimeoutError:
        print(", ".join(events))
        #> file opened, cancelled, file closed
    # --8<-- [end:cleanup]

    # --8<-- [start:swallowed]
    async def stubborn() -> None:
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            print("ignored")
            #> ignored

    async with asyncio.timeout(0.02):
        await asyncio.create_task(stubborn())
        print("no TimeoutError")
        #> no TimeoutError
    # --8<-- [end:swallowed]


if __name__ == "__main__":
    asyncio.run(main())
