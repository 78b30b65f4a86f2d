"""A client that gives up after a time limit does not stop the server's work."""

import asyncio

import httpx
import uvicorn
from fastapi import FastAPI

bank = FastAPI()
client_left = asyncio.Event()
booked = asyncio.Event()


@bank.get("/")
async def hello() -> str:
    return "open"


# --8<-- [start:timeout]
ledger: list[str] = []


@bank.post("/payments")
async def pay() -> str:
    await client_left.wait()  # (1)!
    ledger.append("30 to Grace")
    booked.set()
    return "paid"


async def send_money(client: httpx.AsyncClient) -> None:
    try:
        async with asyncio.timeout(0.3):
            await client.post("/payments")
    except TimeoutError:
        print("no answer")
        #> no answer
    print(ledger)
    #> []
    client_left.set()
    await booked.wait()
    print(ledger)
    #> ['30 to Grace']
    # --8<-- [end:timeout]


async def main() -> None:
    server = uvicorn.Server(uvicorn.Config(bank, port=0, log_level="error"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    host, port = server.servers[0].sockets[0].getsockname()
    async with httpx.AsyncClient(base_url=f"http://{host}:{port}") as client:
        await client.get("/")  # the connection is open before the clock starts
        await send_money(client)
    server.should_exit = True
    await serving


if __name__ == "__main__":
    asyncio.run(main())
