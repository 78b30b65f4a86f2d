"""A read timeout limits each silence, not the whole request."""

import asyncio
from time import monotonic

import httpx

finished = asyncio.Semaphore(0)


async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n")
    for letter in b"drips":
        await asyncio.sleep(0.25)
        writer.write(bytes([letter]))
    writer.close()
    finished.release()


async def main() -> None:
    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    # --8<-- [start:drip]
    async with httpx.AsyncClient(timeout=1.0) as client:
        started = monotonic()
        response = await client.get(url)  # a letter every quarter of a second
        print(response.text, monotonic() - started > 1.0)
        #> drips True

        try:
            async with asyncio.timeout(0.5):  # (1)!
                await client.get(url)
        except TimeoutError:
            print("given up")
            #> given up
    # --8<-- [end:drip]
    await finished.acquire()
    await finished.acquire()
    server.close()
    await server.wait_closed()


if __name__ == "__main__":
    asyncio.run(main())
