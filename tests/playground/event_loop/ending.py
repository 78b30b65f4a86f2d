"""What asyncio.run does at its end, and other ways to run a loop."""

import asyncio
from collections.abc import AsyncIterator

left: list[AsyncIterator[int]] = []


async def never_awaited(label: str) -> None:
    try:
        await asyncio.sleep(3600)
    finally:
        print(label, "cancelled at the end")


async def numbers() -> AsyncIterator[int]:
    try:
        yield 1
        yield 2
    finally:
        print("generator shut down")


async def leaves_tasks_and_generators() -> str:
    asyncio.get_running_loop().held = asyncio.create_task(never_awaited("left"))  # type: ignore[attr-defined]
    generator = numbers()
    left.append(generator)
    print(await anext(generator))
    await asyncio.sleep(0)
    return "result"


async def fails() -> None:
    asyncio.get_running_loop().held = asyncio.create_task(never_awaited("of the failing one"))  # type: ignore[attr-defined]
    await asyncio.sleep(0)
    raise ValueError("out of run")


async def running() -> None:
    print(asyncio.get_running_loop().is_running(), asyncio.current_task() is not None)
    print(asyncio.get_running_loop().get_debug())


print(asyncio.run(leaves_tasks_and_generators()))
try:
    asyncio.run(fails())
except ValueError as error:
    print("raised", error)
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)
asyncio.run(running())
asyncio.run(running(), debug=True)
