"""What the first request over HTTPS does that the second one on the same client does not."""

import asyncio
import ssl

import httpx
import trustme

hung_up = asyncio.Event()


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await reader.readline():
        while await reader.readline() != b"\r\n":
            pass
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
    writer.close()
    hung_up.set()


async def main() -> None:
    authority = trustme.CA()
    of_client = ssl.create_default_context()
    of_server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(of_server)
    authority.configure_trust(of_client)
    server = await asyncio.start_server(answer, "localhost", ssl=of_server)
    port = server.sockets[0].getsockname()[1]
    url = f"https://localhost:{port}/"
    # --8<-- [start:first]
    steps: list[str] = []

    async def note(event: str, _: object) -> None:
        if event.endswith(".complete"):
            steps.append(event.split(".")[1])

    async with httpx.AsyncClient(verify=of_client) as client:
        await client.get(url, extensions={"trace": note})
        print(steps[:3])
        #> ['connect_tcp', 'start_tls', 'send_request_headers']
        steps.clear()
        await client.get(url, extensions={"trace": note})
        print(steps[0])
        #> send_request_headers
    # --8<-- [end:first]
    await hung_up.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
