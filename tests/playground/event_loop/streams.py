"""Connections inside one program: streams, servers, half closes, limits, protocols."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable


async def echo(reader: StreamReader, writer: StreamWriter) -> None:
    while data := await reader.read(1000):
        writer.write(data.upper())
        await writer.drain()
    writer.write(b" [end]")
    writer.close()
    await writer.wait_closed()


async def half_a_close_ends_one_direction() -> None:
    server = await asyncio.start_server(echo, "localhost", 0)
    host, port = server.sockets[0].getsockname()[:2]
    reader, writer = await asyncio.open_connection("localhost", port)
    print(host in {"127.0.0.1", "::1"}, writer.get_extra_info("peername")[1] == port)
    writer.write(b"hello ")
    writer.write(b"there")
    print(writer.can_write_eof())
    writer.write_eof()
    print(await reader.read(), reader.at_eof())
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()
    print(server.is_serving(), server.sockets)


async def a_megabyte_arrives_whole() -> None:
    received = asyncio.Event()
    sizes: list[int] = []

    async def slow(reader: StreamReader, writer: StreamWriter) -> None:
        total = 0
        while data := await reader.read(65536):
            total += len(data)
            await asyncio.sleep(0)
        sizes.append(total)
        received.set()
        writer.close()

    async with await asyncio.start_server(slow, "127.0.0.1", 0) as server:
        _, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
        for _ in range(64):
            writer.write(bytes(16384))
            await writer.drain()
        writer.close()
        await received.wait()
    print(sizes)


async def lines_and_exact_numbers_of_bytes() -> None:
    async def answer(_: StreamReader, writer: StreamWriter) -> None:
        writer.write(b"one\ntwo\n12345rest")
        writer.close()

    async with await asyncio.start_server(answer, "localhost", 0) as server:
        reader, writer = await asyncio.open_connection(
            "localhost", server.sockets[0].getsockname()[1]
        )
        print(await reader.readline(), await reader.readuntil(b"o\n"), await reader.readexactly(5))
        try:
            await reader.readexactly(100)
        except asyncio.IncompleteReadError as error:
            print(error.partial, error.expected)
        writer.close()


async def nobody_listens() -> None:
    server = await asyncio.start_server(echo, "localhost", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    try:
        await asyncio.open_connection("127.0.0.1", port)
    except ConnectionRefusedError as error:
        print(type(error).__name__, error.errno == 111)


async def somebody_listens_already() -> None:
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        await asyncio.start_server(echo, "127.0.0.1", port)
    except OSError as error:
        print(error.errno == 98, "address already in use" in str(error))
    server.close()


async def an_aborted_connection() -> None:
    lost = asyncio.Event()

    async def wait(reader: StreamReader, writer: StreamWriter) -> None:
        try:
            print(await reader.read())
        except ConnectionError as error:
            print(type(error).__name__)
        writer.close()
        lost.set()

    async with await asyncio.start_server(wait, "127.0.0.1", 0) as server:
        _, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
        writer.write(b"before")
        await writer.drain()
        writer.close()
        await lost.wait()


async def a_name_that_does_not_exist() -> None:
    try:
        await asyncio.open_connection("no-such-host.invalid", 80)
    except OSError as error:
        print(type(error).__name__)


class Counting(asyncio.Protocol):
    def __init__(self, calls: list[str], ended: asyncio.Event) -> None:
        self.calls, self.ended = calls, ended

    def connection_made(self, _: asyncio.BaseTransport) -> None:
        self.calls.append("made")

    def data_received(self, data: bytes) -> None:
        self.calls.append(data.decode())

    def eof_received(self) -> None:
        self.calls.append("eof")

    def connection_lost(self, error: Exception | None) -> None:
        self.calls.append(f"lost {error}")
        self.ended.set()


async def a_protocol_is_called_in_order() -> None:
    calls: list[str] = []
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Counting(calls, ended), "127.0.0.1", 0)
    _, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
    for part in (b"a", b"b"):
        writer.write(part)
        await asyncio.sleep(0.01)
    writer.close()
    await ended.wait()
    print(calls)
    server.close()


CHECKS: list[Callable[[], Awaitable[None]]] = [
    half_a_close_ends_one_direction,
    a_megabyte_arrives_whole,
    lines_and_exact_numbers_of_bytes,
    nobody_listens,
    somebody_listens_already,
    an_aborted_connection,
    a_name_that_does_not_exist,
    a_protocol_is_called_in_order,
]


async def main() -> None:
    for check in CHECKS:
        print("#", check.__name__)
        await check()


asyncio.run(main())
