"""asyncio's own event loop, waiting as a browser lets it wait.

It is CPython's loop, turn by turn, so tasks take turns in the tab as they do elsewhere. Only where
CPython would ask the operating system "what has arrived, and wake me in so many seconds", this
one asks the browser. With JavaScript Promise Integration (JSPI) Python's stack can be put aside
meanwhile, and `asyncio.run` waits as it always does; without, the loop is driven one turn at a
time from outside.
"""

import asyncio
import socket
import time
from asyncio import base_events, events
from collections.abc import Callable, Coroutine, Generator
from typing import Any, Protocol

from .addresses import Resolved, resolve
from .network import Factory, Network, Server, Services
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


class Pause:
    """Awaited, it leaves Python: whoever drives it comes back when something has arrived.

    Args:
        seconds: after this time at the latest; None for no limit.
    """

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds

    def __await__(self) -> Generator["Pause", None, None]:
        """Hand this pause to the driver."""
        yield self


class TabLoop(base_events.BaseEventLoop):
    """The event loop of programs in the tab.

    Args:
        browser: tells what has arrived, and waits.
        services: the servers beside Python.
    """

    def __init__(self, browser: Browser, services: Services) -> None:
        super().__init__()
        self.browser = browser
        self.services = services
        self.network = Network(self, services.factories())
        self.looked = time.monotonic()
        self.stepping = False
        self._targets: dict[socket.socket, tuple[str, int]] = {}
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

    async def step_until_done(self, main: Coroutine[Any, Any, Any]) -> Any:
        """Run `main` one turn of the loop at a time, and pause between turns."""
        task = self.create_task(main)
        self.stepping = True
        while not task.done():
            events._set_running_loop(self)
            try:
                self._run_once()  # type: ignore[attr-defined]
            finally:
                events._set_running_loop(None)
            if not task.done():
                await Pause(self.seconds_to_wait())
        return task.result()

    def seconds_to_wait(self) -> float | None:
        """Return for how long nothing is to be done, in seconds; None if no timer is set."""
        if self._ready:  # type: ignore[attr-defined]
            return 0
        timers = self._scheduled  # type: ignore[attr-defined]
        return max(0.0, timers[0].when() - self.time()) if timers else None

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

    @property
    def targets(self) -> dict[socket.socket, tuple[str, int]]:
        """Where sockets were to connect to that `create_connection` has not been given yet."""
        return self._targets

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        """Note where `sock` goes: the connection is made when a transport is asked for."""
        self.targets[sock] = address[:2]

    def close(self) -> None:
        """End every connection and close the loop."""
        if not self.is_closed():
            self.network.close()
        super().close()


def in_steps(
    make_loop: Callable[[], TabLoop],
) -> Callable[[Coroutine[Any, Any, Any]], Coroutine[Any, Any, Any]]:
    """Return a stand-in for `asyncio.run` that is awaited: for browsers without JSPI."""

    async def run(main: Coroutine[Any, Any, Any], **_: object) -> Any:
        loop = make_loop()
        try:
            return await loop.step_until_done(main)
        finally:
            await loop.step_until_done(tidy(loop))
            loop.close()

    return run


async def tidy(loop: asyncio.AbstractEventLoop) -> None:
    """Cancel the tasks that are left, as `asyncio.run` does at its end."""
    left = asyncio.all_tasks(loop) - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    await loop.shutdown_asyncgens()
