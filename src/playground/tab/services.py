"""The servers beside Python, in workers of their own: a pipe of bytes for each connection."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

from .network import Factory


class Services:
    """The servers that run beside Python, in workers of their own: a pipe of bytes for each.

    Args:
        ports: the port of each service in the tab, by its name.
        post: sends a message to one: `{"connection": 1, "open": True}`, then `{"connection": 1,
            "data": b"…"}`; `None` for data says that the connection has ended.
    """

    def __init__(self, ports: dict[str, int], post: Callable[[str, dict[str, Any]], None]) -> None:
        self.ports = ports
        self.post = post
        self.pipes: dict[tuple[str, int], Pipe] = {}
        self.opened = 0

    def factories(self) -> dict[int, Factory]:
        """Return what answers on each port."""
        return {port: lambda name=name: Pipe(self, name) for name, port in self.ports.items()}  # type: ignore[misc]

    def receive(self, name: str, connection: int, data: bytes | None) -> None:
        """Take what a service sent on one of its connections."""
        pipe = self.pipes.get((name, connection))
        if pipe is None:
            return
        if data is None:
            pipe.transport.close()
        else:
            pipe.transport.write(data)


class Pipe(asyncio.Protocol):
    """One connection to a service: passes bytes on, in both directions."""

    transport: asyncio.Transport

    def __init__(self, services: Services, name: str) -> None:
        self.services = services
        self.name = name
        services.opened += 1
        self.connection = services.opened

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Tell the service of a new connection."""
        self.transport = cast("asyncio.Transport", transport)
        self.services.pipes[self.name, self.connection] = self
        self.services.post(self.name, {"connection": self.connection, "open": True})

    def data_received(self, data: bytes) -> None:
        """Pass on what the program sent."""
        self.services.post(self.name, {"connection": self.connection, "data": data})

    def connection_lost(self, _: Exception | None) -> None:
        """Tell the service that the connection has ended."""
        if self.services.pipes.pop((self.name, self.connection), None):
            self.services.post(self.name, {"connection": self.connection, "data": None})
