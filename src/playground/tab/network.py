"""The network of a tab: programs in it reach one another, PostgreSQL and Valkey, no more."""

import asyncio
from collections.abc import Callable
from typing import TypeAlias

from .addresses import LOCAL, Endpoint, free_ports
from .transport import LoopbackTransport

Factory: TypeAlias = Callable[[], asyncio.BaseProtocol]


class Server(asyncio.AbstractServer):
    """A server that listens on a port of the tab, as `loop.create_server` returns it."""

    def __init__(self, network: "Network", factory: Factory, address: tuple[str, int]) -> None:
        self.network = network
        self.factory = factory
        self.address = address
        self.connections: set[LoopbackTransport] = set()
        self.closed = asyncio.Event()

    @property
    def sockets(self) -> tuple[Endpoint, ...]:
        """The socket that listens; none once the server is closed."""
        return (Endpoint(self.address),) if self.is_serving() else ()

    def close(self) -> None:
        """Take no more connections; those that are open stay open."""
        if self.is_serving():
            del self.network.listening[self.address[1]]
            self.closed.set()

    def close_clients(self) -> None:
        """Close the connections that are open."""
        for transport in list(self.connections):
            transport.close()

    abort_clients = close_clients

    async def wait_closed(self) -> None:
        """Wait until the server and its connections are closed."""
        await self.closed.wait()
        for transport in list(self.connections):
            await transport.closed.wait()

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """Return the loop it runs on."""
        return self.network.loop

    def is_serving(self) -> bool:
        """Say whether it takes connections."""
        return self.network.listening.get(self.address[1]) is self

    async def start_serving(self) -> None:
        """Do nothing: it serves from its start."""

    async def serve_forever(self) -> None:
        """Serve until the task is cancelled."""
        try:
            await self.closed.wait()
        finally:
            self.close()


class Network:
    """What one event loop can reach.

    Args:
        loop: the event loop.
        services: what answers on well-known ports: a factory of protocols by port.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, services: dict[int, Factory]) -> None:
        self.loop = loop
        self.services = services
        self.listening: dict[int, Server] = {}
        self.transports: set[LoopbackTransport] = set()

    def listen(self, factory: Factory, host: str | None, port: int | None) -> Server:
        """Start a server.

        Raises:
            OSError: another one has the port.
        """
        number = port or next(free_ports)
        if number in self.listening or number in self.services:
            raise OSError(
                98,
                f"error while attempting to bind on address ({host!r}, {number}):"
                " address already in use",
            )
        address = ("127.0.0.1" if host in LOCAL else str(host), number)
        server = self.listening[number] = Server(self, factory, address)
        return server

    async def connect(
        self, factory: Factory, host: str | None, port: int
    ) -> tuple[LoopbackTransport, asyncio.BaseProtocol]:
        """Connect to a server of this tab.

        Raises:
            ConnectionRefusedError: nothing listens there.
        """
        server = self.listening.get(port)
        answering = server.factory if server else self.services.get(port)
        if host not in LOCAL or answering is None:
            raise ConnectionRefusedError(111, f"Connect call failed ({host!r}, {port})")
        here, there = ("127.0.0.1", next(free_ports)), ("127.0.0.1", port)
        client = LoopbackTransport(self.loop, factory(), here, there)
        answer = LoopbackTransport(self.loop, answering(), there, here)
        client.peer, answer.peer = answer, client
        client.join(self.transports)
        answer.join(self.transports)
        if server:
            answer.join(server.connections)
        answer.protocol.connection_made(answer)
        client.protocol.connection_made(client)
        await asyncio.sleep(0)
        return client, client.protocol

    def close(self) -> None:
        """End every connection: the programs on this loop have ended."""
        for transport in list(self.transports):
            if not transport.is_closing():
                transport.closing = True
                transport.lost()
