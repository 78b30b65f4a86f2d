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
    async with connect() as client:
        slow, _ = await asyncio.gather(client.get("/on-the-loop"), client.get("/quick"))
        print(slow.json())
        #> False
        quick_was_served.clear()
        slow, _ = await asyncio.gather(client.get("/in-a-thread"), client.get("/quick"))
        print(slow.json())
        #> True
        # --8<-- [end:stall]


def connect() -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service")


if __name__ == "__main__":
    asyncio.run(main())
