"""The client's timeout runs out, and the server has carried out the request all the same."""

import asyncio
import socket

import httpx
import uvicorn
from fastapi import FastAPI

# --8<-- [start:server]
app = FastAPI()
orders: list[str] = []
arrived, client_gone = asyncio.Event(), asyncio.Event()


@app.post("/orders", status_code=201)
async def create_order(item: str) -> str:
    orders.append(item)
    arrived.set()
    await client_gone.wait()  # (1)!
    return "thank you"
    # --8<-- [end:server]


numbered: dict[int, str] = {}


@app.put("/orders/{number}")
async def put_order(number: int, item: str) -> str:
    numbered[number] = item
    return "thank you"


async def main() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    host, port = listener.getsockname()
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    running = asyncio.create_task(server.serve([listener]))
    while not server.started:
        await asyncio.sleep(0.01)
    url = f"http://{host}:{port}"

    # --8<-- [start:client]
    async with httpx.AsyncClient(base_url=url) as client:
        try:
            await client.post("/orders?item=tea", timeout=0.5)
        except httpx.ReadTimeout:
            print("no answer")
            #> no answer
        await arrived.wait()
        client_gone.set()
        print(orders)
        #> ['tea']

        await client.post("/orders?item=tea")  # (1)!
        print(orders)
        #> ['tea', 'tea']

        await client.put("/orders/7?item=tea")  # (2)!
        await client.put("/orders/7?item=tea")
        print(numbered)
        #> {7: 'tea'}
        # --8<-- [end:client]
    server.should_exit = True
    await running


if __name__ == "__main__":
    asyncio.run(main())
