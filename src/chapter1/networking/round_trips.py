"""A proxy notes each round trip of a first request over TLS, and of a second one after it."""

import asyncio
import socket
import ssl
from unittest.mock import patch

import httpx
import trustme

HANDSHAKE = 22  # the first byte of such a TLS record: RFC 8446, section 5.1
trips: list[str] = []
addresses: list[tuple[str, int]] = []


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while (await reader.read(65_536)).endswith(b"\r\n\r\n"):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    writer.close()
    await writer.wait_closed()


async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    trips.append("TCP")  # the two kernels have shaken hands by now
    server_reader, server_writer = await asyncio.open_connection(*addresses[0])
    speaking = "server"

    async def back() -> None:
        nonlocal speaking
        while data := await server_reader.read(65_536):
            speaking = "server"
            writer.write(data)
        writer.close()
        await writer.wait_closed()

    answers = asyncio.create_task(back())
    while data := await reader.read(65_536):
        if speaking == "server":
            trips.append("TLS" if data[0] == HANDSHAKE else "HTTP")
        speaking = "client"
        server_writer.write(data)
    server_writer.close()
    await server_writer.wait_closed()
    await answers
    finished.release()


finished = asyncio.Semaphore(0)


async def main() -> None:
    authority = trustme.CA()
    certified = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certified.num_tickets = 0  # they would travel with the first answer, or before it
    authority.issue_cert("localhost").configure_cert(certified)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=certified)
    addresses.append(server.sockets[0].getsockname())
    noting = await asyncio.start_server(proxy, "127.0.0.1", 0)
    url = f"https://localhost:{noting.sockets[0].getsockname()[1]}/"

    # --8<-- [start:trips]
    with patch("socket.getaddrinfo", wraps=socket.getaddrinfo) as names:  # (1)!
        async with httpx.AsyncClient(verify=trusting) as client:
            await client.get(url)
            print(names.call_count, trips)
            #> 1 ['TCP', 'TLS', 'HTTP']
            await client.get(url)
            print(names.call_count, trips[3:])
            #> 1 ['HTTP']

        trips.clear()
        async with httpx.AsyncClient(verify=trusting) as another:
            await another.get(url)
            print(names.call_count, trips)
            #> 2 ['TCP', 'TLS', 'HTTP']
    # --8<-- [end:trips]
    await finished.acquire()
    await finished.acquire()
    for each in (noting, server):
        each.close()
        await each.wait_closed()


if __name__ == "__main__":
    asyncio.run(main())
