"""A retry with backoff and jitter, only for what may be repeated and is worth repeating."""

import asyncio
import random
import socket

import httpx
from fastapi import FastAPI
from httpx import AsyncClient, Response
from starlette.responses import JSONResponse

app = FastAPI()
seen: list[str] = []
URL = "http://service"


@app.api_route("/users/7", methods=["GET", "POST"])
async def overloaded_at_first() -> JSONResponse:
    seen.append("request")
    return JSONResponse("Ada") if len(seen) == 3 else JSONResponse("busy", 503)


# --8<-- [start:retry]
IDEMPOTENT = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"}
WORTH_REPEATING = {429, 502, 503, 504}


async def send(client: AsyncClient, method: str, url: str) -> Response:
    pauses = [0.1, 0.2, 0.4] if method in IDEMPOTENT else []  # (1)!
    while True:
        try:
            response = await client.request(method, url)
            if not pauses or response.status_code not in WORTH_REPEATING:
                return response.raise_for_status()  # (2)!
        except httpx.TransportError:  # (3)!
            if not pauses:
                raise
        await asyncio.sleep(random.uniform(0, pauses.pop(0)))  # (4)!
    # --8<-- [end:retry]


async def main() -> None:
    service = httpx.ASGITransport(app)
    nobody = socket.create_server(("127.0.0.1", 0))
    closed_port = nobody.getsockname()[1]
    nobody.close()
    # --8<-- [start:used]
    async with AsyncClient(transport=service, base_url=URL) as client:
        print((await send(client, "GET", "/users/7")).json(), len(seen))
        #> Ada 3
        seen.clear()
        try:
            await send(client, "POST", "/users/7")
        except httpx.HTTPStatusError as error:
            print(error.response.status_code, len(seen))
            #> 503 1
    # --8<-- [end:used]
    async with AsyncClient() as client:
        try:
            await send(client, "GET", f"http://127.0.0.1:{closed_port}/")
        except httpx.ConnectError:
            print("nobody listens")
            #> nobody listens


if __name__ == "__main__":
    asyncio.run(main())
