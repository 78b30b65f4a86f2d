"""What httpx does unasked, and what it does not: time limit, redirects, status, base address."""

import asyncio

import httpx


# --8<-- [start:defaults]
def answer(request: httpx.Request) -> httpx.Response:
    return httpx.Response(500, json={"path": request.url.path})


async def main() -> None:
    server = httpx.MockTransport(answer)  # (1)!
    async with httpx.AsyncClient(transport=server) as client:
        print(client.timeout)
        #> Timeout(timeout=5.0)
        response = await client.get("http://shop.example/orders")
        print(response.status_code, response.json())
        #> 500 {'path': '/orders'}
        try:
            response.raise_for_status()
        except httpx.HTTPStatusError as error:
            print(error.response.reason_phrase)
            #> Internal Server Error
    # --8<-- [end:defaults]

    # --8<-- [start:relative]
    async with httpx.AsyncClient() as client:
        try:
            await client.get("/orders")
        except httpx.UnsupportedProtocol as error:
            print(error)
            #> Request URL is missing an 'http://' or 'https://' protocol.
    # --8<-- [end:relative]


if __name__ == "__main__":
    asyncio.run(main())
