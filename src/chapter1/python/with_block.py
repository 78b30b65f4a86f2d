"""A with block runs its last part whatever happens inside."""

import asyncio

# --8<-- [start:with]
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

events: list[str] = []


@asynccontextmanager
async def connection() -> AsyncIterator[str]:
    events.append("open")
    try:
        yield "a connection"  # (1)!
    finally:
        events.append("close")


async def main() -> None:
    try:
        async with connection() as database:  # (2)!
            events.append(f"use {database}")
            int("seven")
    except ValueError:
        events.append("catch")
    print(", ".join(events))
    #> open, use a connection, close, catch
    # --8<-- [end:with]


if __name__ == "__main__":
    asyncio.run(main())
