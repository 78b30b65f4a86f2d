"""asyncio's own event loop, waiting as a browser lets it wait.

It is CPython's loop, turn by turn, so tasks take turns in the tab as they do elsewhere. Only where
CPython would ask the operating system "what has arrived, and wake me in so many seconds", this
one asks the browser. With JavaScript Promise Integration (JSPI) Python's stack can be put aside
meanwhile, and `asyncio.run` waits as it always does; without, `stepping` drives the loop from
outside.
"""

import asyncio
import socket
import time
from asyncio import base_events
from typing import Any, Protocol

from .addresses import Resolved, resolve
from .network import Factory, Network, Server
from .services import Services
from .transport import LoopbackTransport

LONGEST_TURN = 0.005  # seconds after which a busy loop looks for what has arrived


class Browser(Protocol):
    """What the loop needs of the browser."""

    def arrived(self) -> list[tuple[str, int, bytes | None]]:
        """Return what the services have sent since: name, connection, data."""

    def block(self, seconds: float | None) -> None:
        """Wait in place until something arrives or `seconds` have passed (None: no limit).

        Raises:
            RuntimeError: this browser has no JSPI.
        """


class TabLoop(base_events.BaseEventLoop):
    """The event loop of programs in the tab.

    Args:
        browser: tells what has arrived, and waits.
        services: the servers beside Python.

    Attributes:
        stepping: somebody drives it from outside, so it must not wait by itself.
    """

    def __init__(self, browser: Browser, services: Services) -> None:
        super().__init__()
        self.browser = browser
        self.services = services
        self.network = Network(self, services.factories())
        self.looked = time.monotonic()
        self.stepping = False
        # Where sockets were to connect to that `create_connection` has not been given yet.
        self.targets: dict[socket.socket, tuple[str, int]] = {}
        self._selector = self  # BaseEventLoop asks it with `select`

    def select(self, timeout: float | None) -> list[tuple[str, int, bytes | None]]:
        """Return what has arrived, after at most `timeout` seconds (None: as long as it takes)."""
        if self.stepping:
            return self.browser.arrived()
        busy = timeout is not None and timeout <= 0
        if not busy or time.monotonic() - self.looked > LONGEST_TURN:
            self.browser.block(timeout)
            self.looked = time.monotonic()
        return self.browser.arrived()

    def _process_events(self, event_list: list[tuple[str, int, bytes | None]]) -> None:
        for name, connection, data in event_list:
            self.services.receive(name, connection, data)

    def _write_to_self(self) -> None:
        """Do nothing: there is no other thread that would have to wake the loop."""

    async def create_connection(  # type: ignore[override]
        self,
        protocol_factory: Factory,
        host: str | None = None,
        port: int | None = None,
        *,
        sock: Any = None,
        **_: object,
    ) -> tuple[LoopbackTransport, asyncio.BaseProtocol]:
        """Connect within the tab; `sock` is one that `sock_connect` has been told of."""
        if sock is not None:
            host, port = self.targets.pop(sock)
            sock.close()
        address, number = resolve(host, port)[0][-1]
        return await self.network.connect(protocol_factory, address, number)

    async def create_server(  # type: ignore[override]
        self,
        protocol_factory: Factory,
        host: str | None = None,
        port: int | None = None,
        **_: object,
    ) -> Server:
        """Listen within the tab."""
        return self.network.listen(protocol_factory, host, port)

    async def shutdown_default_executor(self, _: float | None = None) -> None:
        """Do nothing: it has no threads, even if a program has asked for one."""

    async def getaddrinfo(  # type: ignore[override]
        self, host: bytes | str | None, port: int | str | None, **_: object
    ) -> Resolved:
        """Resolve the names that there are in a tab."""
        return resolve(host, port)

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        """Note where `sock` goes: the connection is made when a transport is asked for."""
        self.targets[sock] = address[:2]

    def close(self) -> None:
        """End every connection and close the loop."""
        if not self.is_closed():
            self.network.close()
        super().close()
