"""The network of a tab, on an ordinary event loop: what its transports promise to asyncio."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from playground.tab import addresses
from playground.tab.network import Network, Server
from playground.tab.services import Services
from playground.tab.transport import HIGH_WATER, LoopbackTransport

PORT = 8000
LOCAL = "localhost"


class Recorder(asyncio.Protocol):
    """Notes every call that a transport makes."""

    transport: asyncio.Transport

    def __init__(self, *, stays_open_at_eof: bool = False) -> None:
        self.calls: list[object] = []
        self.stays_open_at_eof = stays_open_at_eof

    @property
    def data(self) -> bytes:
        return b"".join(call for call in self.calls if isinstance(call, bytes))

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.calls.append("made")

    def data_received(self, data: bytes) -> None:
        self.calls.append(data)

    def eof_received(self) -> bool:
        self.calls.append("eof")
        return self.stays_open_at_eof

    def connection_lost(self, error: Exception | None) -> None:
        self.calls.append(("lost", error))

    def pause_writing(self) -> None:
        self.calls.append("pause")

    def resume_writing(self) -> None:
        self.calls.append("resume")


def on_a_loop(main: Callable[[Network], Awaitable[None]]) -> None:
    """Run a test on an event loop of its own, with a network of its own."""

    async def run() -> None:
        network = Network(asyncio.get_running_loop(), {})
        async with asyncio.timeout(5):
            await main(network)

    asyncio.run(run())


async def turns(number: int = 5) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


async def pair(network: Network, **answering: bool) -> tuple[Recorder, Recorder]:
    """Return both ends of a connection."""
    server = Recorder(**answering)
    network.listen(lambda: server, LOCAL, PORT)
    _, client = await network.connect(Recorder, LOCAL, PORT)
    assert isinstance(client, Recorder)
    return client, server


def test_bytes_arrive_in_their_order_and_whole() -> None:
    async def main(network: Network) -> None:
        client, server = await pair(network)
        for number in range(100):
            client.transport.write(bytes([number]))
        client.transport.writelines([b"a", b"b"])
        assert server.data == b"", "nothing arrives before the loop's next turn"
        await turns()
        assert server.data == bytes(range(100)) + b"ab"

    on_a_loop(main)


def test_what_is_written_may_change_afterwards() -> None:
    async def main(network: Network) -> None:
        client, server = await pair(network)
        data = bytearray(b"before")
        client.transport.write(data)
        client.transport.write(memoryview(data)[:2])
        data[:] = b"after!"
        await turns()
        assert server.data == b"beforebe"

    on_a_loop(main)


def test_both_directions_are_independent() -> None:
    async def main(network: Network) -> None:
        client, server = await pair(network)
        client.transport.write(b"question")
        server.transport.write(b"answer")
        await turns()
        assert (server.data, client.data) == (b"question", b"answer")

    on_a_loop(main)


def test_an_end_comes_after_all_that_was_written() -> None:
    async def main(network: Network) -> None:
        client, server = await pair(network)
        client.transport.write(b"last")
        client.transport.close()
        client.transport.write(b"too late")
        await turns()
        assert server.calls == ["made", b"last", "eof", ("lost", None)]
        assert client.calls == ["made", ("lost", None)]

    on_a_loop(main)


def test_half_a_close_leaves_the_other_direction_open() -> None:
    async def main(network: Network) -> None:
        client, server = await pair(network, stays_open_at_eof=True)
        assert client.transport.can_write_eof()
        client.transport.write(b"question")
        client.transport.write_eof()
        client.transport.write(b"dropped")
        await turns()
        assert server.calls == ["made", b"question", "eof"]
        server.transport.write(b"answer")
        server.transport.close()
        await turns()
        assert client.calls == ["made", b"answer", "eof", ("lost", None)]

    on_a_loop(main)


def test_nothing_is_handed_to_a_protocol_that_has_closed() -> None:
    async def main(network: Network) -> None:
        client, server = await pair(network)
        server.transport.write(b"on its way")
        client.transport.close()
        await turns()
        assert client.data == b""

    on_a_loop(main)


def test_a_connection_is_lost_once() -> None:
    async def main(network: Network) -> None:
        client, server = await pair(network)
        for _ in range(3):
            client.transport.close()
            client.transport.abort()
            server.transport.close()
        await turns()
        assert [client.calls.count(("lost", None)), server.calls.count(("lost", None))] == [1, 1]
        assert client.transport.is_closing()

    on_a_loop(main)


def test_an_abort_ends_both_sides() -> None:
    async def main(network: Network) -> None:
        client, server = await pair(network)
        client.transport.abort()
        await turns()
        assert client.calls[-1] == server.calls[-1] == ("lost", None)

    on_a_loop(main)


def test_a_reader_that_pauses_holds_its_writer_back() -> None:
    async def main(network: Network) -> None:
        client, server = await pair(network)
        server.transport.pause_reading()
        assert not server.transport.is_reading()
        client.transport.write(bytes(HIGH_WATER))
        assert "pause" not in client.calls
        client.transport.write(b"x")
        assert client.calls.count("pause") == 1
        assert client.transport.get_write_buffer_size() == HIGH_WATER + 1
        assert server.data == b""
        server.transport.resume_reading()
        await turns()
        assert client.calls[-1] == "resume"
        assert len(server.data) == HIGH_WATER + 1
        assert client.transport.get_write_buffer_size() == 0

    on_a_loop(main)


def test_a_slow_reader_of_streams_holds_drain_back() -> None:
    async def main(network: Network) -> None:
        read = asyncio.Event()
        total = 0

        async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal total
            await read.wait()
            while data := await reader.read(100_000):
                total += len(data)
            writer.close()

        loop = asyncio.get_running_loop()

        def protocol(*taking: Any) -> asyncio.StreamReaderProtocol:
            return asyncio.StreamReaderProtocol(asyncio.StreamReader(2**14), *taking)

        network.listen(lambda: protocol(slow), LOCAL, PORT)
        transport, client = await network.connect(protocol, LOCAL, PORT)
        assert isinstance(client, asyncio.StreamReaderProtocol)
        writer = asyncio.StreamWriter(transport, client, None, loop)
        sent = 0

        async def send() -> None:
            nonlocal sent
            for _ in range(100):
                writer.write(bytes(10_000))
                await writer.drain()
                sent += 10_000

        sending = asyncio.create_task(send())
        await turns(300)
        assert sent < 200_000, "the writer was not held back"
        read.set()
        await sending
        writer.close()
        await turns(300)
        assert total == 1_000_000

    on_a_loop(main)


def test_a_paused_reader_can_close() -> None:
    async def main(network: Network) -> None:
        client, server = await pair(network)
        server.transport.pause_reading()
        client.transport.write(bytes(2 * HIGH_WATER))
        await turns()
        server.transport.close()
        await turns()
        assert server.calls[-1] == ("lost", None)
        assert client.calls[-1] == ("lost", None)

    on_a_loop(main)


def test_a_buffered_protocol_gets_its_bytes_in_its_own_buffer() -> None:
    class Small(asyncio.BufferedProtocol):
        def __init__(self) -> None:
            self.buffer = bytearray(3)
            self.seen = b""

        def get_buffer(self, _: int) -> bytearray:
            return self.buffer

        def buffer_updated(self, size: int) -> None:
            self.seen += self.buffer[:size]

    async def main(network: Network) -> None:
        small = Small()
        network.listen(lambda: small, LOCAL, PORT)
        _, client = await network.connect(Recorder, LOCAL, PORT)
        assert isinstance(client, Recorder)
        client.transport.write(b"abcdefgh")
        await turns()
        assert small.seen == b"abcdefgh"

    on_a_loop(main)


def test_another_protocol_can_take_over() -> None:
    async def main(network: Network) -> None:
        client, server = await pair(network)
        second = Recorder()
        server.transport.set_protocol(second)
        assert server.transport.get_protocol() is second
        client.transport.write(b"x")
        await turns()
        assert (server.data, second.data) == (b"", b"x")

    on_a_loop(main)


def test_both_ends_know_their_addresses() -> None:
    async def main(network: Network) -> None:
        client, server = await pair(network)
        ends = client.transport, server.transport
        own = [end.get_extra_info("sockname") for end in ends]
        other = [end.get_extra_info("peername") for end in ends]
        assert own == other[::-1]
        assert own[1] == ("127.0.0.1", PORT)
        endpoint = client.transport.get_extra_info("socket")
        assert (endpoint.getsockname(), endpoint.getpeername()) == (own[0], own[1])
        assert (endpoint.family, endpoint.type) == (socket.AF_INET, socket.SOCK_STREAM)
        assert client.transport.get_extra_info("cipher", "none") == "none"

    on_a_loop(main)


# Servers


def test_a_port_is_taken_once() -> None:
    async def main(network: Network) -> None:
        server = network.listen(Recorder, LOCAL, PORT)
        with pytest.raises(OSError, match="address already in use") as taken:
            network.listen(Recorder, "0.0.0.0", PORT)  # noqa: S104
        assert taken.value.errno == 98
        server.close()
        network.listen(Recorder, LOCAL, PORT).close()

    on_a_loop(main)


def test_port_0_is_a_free_one_and_another_each_time() -> None:
    async def main(network: Network) -> None:
        servers = [network.listen(Recorder, LOCAL, 0) for _ in range(3)]
        ports = [server.sockets[0].getsockname()[1] for server in servers]
        assert len(set(ports)) == 3
        for port in ports:
            await network.connect(Recorder, LOCAL, port)

    on_a_loop(main)


@pytest.mark.parametrize(("host", "port"), [(LOCAL, 1), ("10.0.0.1", PORT), ("127.0.0.1", 9)])
def test_where_nobody_listens_a_connection_is_refused(host: str, port: int) -> None:
    async def main(network: Network) -> None:
        network.listen(Recorder, LOCAL, PORT)
        with pytest.raises(ConnectionRefusedError) as refused:
            await network.connect(Recorder, host, port)
        assert refused.value.errno == 111

    on_a_loop(main)


def test_a_closed_server_takes_no_more_and_keeps_what_it_has() -> None:
    async def main(network: Network) -> None:
        recorder = Recorder()
        server = network.listen(lambda: recorder, LOCAL, PORT)
        _, client = await network.connect(Recorder, LOCAL, PORT)
        assert isinstance(client, Recorder)
        server.close()
        server.close()
        assert not server.is_serving()
        assert server.sockets == ()
        with pytest.raises(ConnectionRefusedError):
            await network.connect(Recorder, LOCAL, PORT)
        client.transport.write(b"still open")
        await turns()
        assert recorder.data == b"still open"

    on_a_loop(main)


def test_wait_closed_waits_for_the_connections() -> None:
    async def main(network: Network) -> None:
        server = network.listen(Recorder, LOCAL, PORT)
        _, client = await network.connect(Recorder, LOCAL, PORT)
        assert isinstance(client, Recorder)
        server.close()
        waiting = asyncio.create_task(server.wait_closed())
        await turns()
        assert not waiting.done()
        client.transport.close()
        await turns()
        assert waiting.done()

    on_a_loop(main)


def test_a_server_can_close_its_clients() -> None:
    async def main(network: Network) -> None:
        server = network.listen(Recorder, LOCAL, PORT)
        clients = [(await network.connect(Recorder, LOCAL, PORT))[1] for _ in range(3)]
        server.close_clients()
        await turns()
        assert all(
            ("lost", None) in client.calls for client in clients if isinstance(client, Recorder)
        )

    on_a_loop(main)


def test_serving_for_ever_ends_when_it_is_cancelled_or_closed() -> None:
    async def main(network: Network) -> None:
        for end in (asyncio.Task.cancel, None):
            server: Server = network.listen(Recorder, LOCAL, PORT)
            task = asyncio.create_task(server.serve_forever())
            await turns()
            assert server.is_serving()
            if end:
                end(task)
            else:
                server.close()
            await asyncio.wait([task])
            assert not server.is_serving()

    on_a_loop(main)


def test_a_server_ends_with_its_block() -> None:
    async def main(network: Network) -> None:
        async with network.listen(Recorder, LOCAL, PORT) as server:
            assert server.is_serving()
        assert not server.is_serving()

    on_a_loop(main)


def test_the_end_of_a_network_ends_every_connection() -> None:
    async def main(network: Network) -> None:
        client, server = await pair(network)
        network.close()
        assert client.calls[-1] == server.calls[-1] == ("lost", None)

    on_a_loop(main)


def test_a_connection_that_has_ended_is_forgotten() -> None:
    async def main(network: Network) -> None:
        server = network.listen(Recorder, LOCAL, PORT)
        for _ in range(10):
            transport, _ = await network.connect(Recorder, LOCAL, PORT)
            transport.close()
            await turns()
        assert network.transports == set()
        assert server.connections == set()

    on_a_loop(main)


# Names


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "::1", "0.0.0.0", "", None, b"localhost"],  # noqa: S104
)
def test_this_computer_has_an_address(host: Any) -> None:
    ((family, kind, _, _, address),) = addresses.resolve(host, "80")
    assert (family, kind, address) == (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 80))


@pytest.mark.parametrize("host", ["example.com", "10.0.0.1", "localhost.example"])
def test_no_other_computer_has_one(host: str) -> None:
    with pytest.raises(socket.gaierror, match="reaches no other host"):
        addresses.resolve(host, 80)


# Services beside Python


@pytest.fixture
def posted() -> list[tuple[str, dict[str, Any]]]:
    return []


@pytest.fixture
def services(posted: list[tuple[str, dict[str, Any]]]) -> Services:
    return Services({"postgres": 5432}, lambda name, message: posted.append((name, message)))


def test_a_service_gets_the_bytes_and_answers(
    services: Services, posted: list[tuple[str, dict[str, Any]]]
) -> None:
    async def run() -> None:
        network = Network(asyncio.get_running_loop(), services.factories())
        transport, client = await network.connect(Recorder, LOCAL, 5432)
        assert isinstance(client, Recorder)
        transport.write(b"question")
        await turns()
        services.receive("postgres", 1, b"answer")
        services.receive("postgres", 99, b"to nobody")
        await turns()
        assert client.data == b"answer"
        services.receive("postgres", 1, None)
        await turns()
        assert client.calls[-2:] == ["eof", ("lost", None)]

    asyncio.run(run())
    assert posted == [
        ("postgres", {"connection": 1, "open": True}),
        ("postgres", {"connection": 1, "data": b"question"}),
        ("postgres", {"connection": 1, "data": None}),
    ]
    assert services.pipes == {}


def test_a_service_hears_of_a_client_that_leaves(
    services: Services, posted: list[tuple[str, dict[str, Any]]]
) -> None:
    async def run() -> None:
        network = Network(asyncio.get_running_loop(), services.factories())
        transport, _ = await network.connect(Recorder, LOCAL, 5432)
        transport.close()
        await turns()
        await network.connect(Recorder, LOCAL, 5432)
        network.close()

    asyncio.run(run())
    assert [message for _, message in posted if message.get("data", 1) is None] == [
        {"connection": 1, "data": None},
        {"connection": 2, "data": None},
    ]


def test_no_program_listens_where_a_service_does(services: Services) -> None:
    async def run() -> None:
        network = Network(asyncio.get_running_loop(), services.factories())
        with pytest.raises(OSError, match="address already in use"):
            network.listen(Recorder, LOCAL, 5432)

    asyncio.run(run())


def test_a_write_to_a_connection_that_the_other_end_has_left_is_dropped() -> None:
    async def main(network: Network) -> None:
        client, server = await pair(network, stays_open_at_eof=True)
        client.transport.close()
        await turns()
        server.transport.write(b"to nobody")
        await turns()
        assert client.data == b""
        server.transport.close()
        await turns()
        assert isinstance(server.transport, LoopbackTransport)

    on_a_loop(main)
