"""A length in front of each message lets the receiver cut the byte stream into messages again."""

import asyncio
from asyncio import StreamReader, StreamWriter

received: asyncio.Queue[bytes] = asyncio.Queue()


# --8<-- [start:frames]
def frame(message: bytes) -> bytes:
    return len(message).to_bytes(4, "big") + message  # (1)!


async def read_message(reader: StreamReader) -> bytes:
    length = int.from_bytes(await reader.readexactly(4), "big")
    return await reader.readexactly(length)  # (2)!


async def receive(reader: StreamReader, writer: StreamWriter) -> None:
    received.put_nowait(await read_message(reader))
    received.put_nowait(await read_message(reader))
    # --8<-- [end:frames]
    writer.close()


async def main() -> None:
    server = await asyncio.start_server(receive, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    # --8<-- [start:sent]
    _, writer = await asyncio.open_connection(host, port)
    stream = frame(b"pay 30") + frame(b"pay 5")
    print(stream)
    #> b'\x00\x00\x00\x06pay 30\x00\x00\x00\x05pay 5'
    for position in range(len(stream)):
        writer.write(stream[position : position + 1])  # (1)!
        await writer.drain()
    print(await received.get(), await received.get())
    #> b'pay 30' b'pay 5'
    # --8<-- [end:sent]
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()


if __name__ == "__main__":
    asyncio.run(main())
