"""HTTP/1.1 lets three requests queue on one connection; HTTP/2 carries them side by side."""

import asyncio
import socket
from contextlib import suppress
from typing import Any, cast

import httpx
from fastapi import FastAPI, Request
from hypercorn.asyncio import serve
from hypercorn.config import Config

# --8<-- [start:server]
app = FastAPI()
waiting: list[str] = []
most: list[int] = []
connections: set[int] = set()
three_are_here = asyncio.Event()


@app.get("/slow")
async def slow(request: Request) -> None:
    connections.add(request.scope["client"][1])  # (1)!
    waiting.append("a request")
    most.append(len(waiting))
    if len(waiting) == 3:
        three_are_here.set()
    with suppress(TimeoutError):
        await asyncio.wait_for(three_are_here.wait(), 1.0)  # (2)!
    three_are_here.set()
    waiting.pop()
    # --8<-- [end:server]


async def main() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    host, port = listener.getsockname()
    config = Config()
    config.bind = [f"fd://{listener.detach()}"]
    config.loglevel = "ERROR"
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(cast("Any", app), config, shutdown_trigger=stop.wait))

    # --8<-- [start:client]
    async def three(connections_allowed: int, *, http2: bool) -> str:
        most.clear()
        connections.clear()
        three_are_here.clear()
        async with httpx.AsyncClient(
            base_url=f"http://{host}:{port}",
            http1=not http2,
            http2=http2,
            limits=httpx.Limits(max_connections=connections_allowed),
        ) as client:
            await asyncio.gather(*(client.get("/slow") for _ in range(3)))
        return f"connections {len(connections)}, at once {max(most)}"

    print("HTTP/1.1:", await three(1, http2=False))
    #> HTTP/1.1: connections 1, at once 1
    print("HTTP/1.1:", await three(3, http2=False))
    #> HTTP/1.1: connections 3, at once 3
    print("HTTP/2:  ", await three(1, http2=True))
    #> HTTP/2:   connections 1, at once 3
    # --8<-- [end:client]
    stop.set()
    await serving


if __name__ == "__main__":
    asyncio.run(main())
