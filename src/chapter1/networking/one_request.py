"""One request over HTTP, as the layers below it see it."""

import asyncio

import httpx

received: list[bytes] = []
addresses: list[tuple[str, int]] = []


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    addresses.append(writer.get_extra_info("peername"))
    received.append(await reader.readuntil(b"\r\n\r\n"))
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
    await writer.drain()
    writer.close()


async def main() -> None:
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    # --8<-- [start:bytes]
    async with httpx.AsyncClient(headers={"Host": "shop.example"}) as client:
        await client.get(f"http://127.0.0.1:{port}/users/7")

    for_http = received[0]  # everything that TCP delivered
    print(for_http.splitlines()[0])
    #> b'GET /users/7 HTTP/1.1'
    print(b"Host: shop.example" in for_http)
    #> True
    print(b"127.0.0.1" in for_http or str(port).encode() in for_http)
    #> False
    for_ip, for_tcp = addresses[0]  # what the layers below knew
    print(for_ip, 0 < for_tcp < 65_536)
    #> 127.0.0.1 True
    # --8<-- [end:bytes]
    server.close()
    await server.wait_closed()


if __name__ == "__main__":
    asyncio.run(main())
