"""A blocking call in an async endpoint stops all requests; in a plain one, only its own."""

import asyncio
import threading

import httpx
from fastapi import FastAPI

app = FastAPI()

# --8<-- [start:stall]
quick_was_served = threading.Event()


@app.get("/quick")
async def quick() -> None:
    quick_was_served.set()


@app.get("/on-the-loop")
async def on_the_loop() -> bool:
    return quick_was_served.wait(timeout=1)  # (1)!


@app.get("/in-a-thread")
def in_a_thread() -> bool:
    return quick_was_served.wait(timeout=10)


async def main() -> None:
    print(await ask_beside_quick("/on-the-loop"))  # (2)!
    #> False
    print(await ask_beside_quick("/in-a-thread"))
    #> True
    # --8<-- [end:stall]


async def ask_beside_quick(path: str) -> object:
    quick_was_served.clear()
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        slow, _ = await asyncio.gather(client.get(path), client.get("/quick"))
        return slow.json()


if __name__ == "__main__":
    asyncio.run(main())
