"""The worker around Python, seen from inside: what has arrived, waiting, printing."""

from collections.abc import Callable, Iterator
from typing import Any

import js  # type: ignore[import-not-found]
from pyodide.ffi import can_run_sync, create_once_callable, run_sync, to_js  # type: ignore[import-not-found]


class Arrival:
    """What `run_sync` waits for: that something arrives, or time is up.

    It passes for a future, so that Pyodide needs no event loop of its own to wait for it.

    Args:
        bridge: the worker's functions.
        milliseconds: after this time at the latest; negative for no limit.
    """

    _asyncio_future_blocking = False  # by this asyncio knows a future

    def __init__(self, bridge: Any, milliseconds: float) -> None:
        self.bridge = bridge
        self.milliseconds = milliseconds

    def __await__(self) -> Iterator[None]:
        """Look like something to await."""
        yield

    def add_done_callback(self, done: Callable[["Arrival"], None], **_: object) -> None:
        """Call `done` when the wait is over."""
        self.bridge.wait(self.milliseconds, create_once_callable(lambda *_: done(self)))

    def result(self) -> None:
        """Return nothing: the wait is over, that is all."""

    def exception(self) -> None:
        """Return nothing: a wait does not fail."""


class Worker:
    """The bridge to the worker's JavaScript, `runtime/python_worker.js`.

    Args:
        bridge: its functions `arrived`, `wait`, `post` and `print`.
    """

    def __init__(self, bridge: Any) -> None:
        self.bridge = bridge

    def arrived(self) -> list[tuple[str, int, bytes | None]]:
        """Return what the services have sent since the last call: name, connection, data."""
        messages = self.bridge.arrived()
        if not messages:
            return []
        return [
            (message.name, message.connection, message.data.to_bytes() if message.data else None)
            for message in messages
        ]

    def block(self, seconds: float | None) -> None:
        """Wait in place until something arrives or `seconds` have passed (None: no limit).

        Raises:
            RuntimeError: this browser cannot put Python aside (it has no JSPI).
        """
        if not can_run_sync():
            raise RuntimeError(
                "This browser can only wait where asyncio.run is called at the end of a program."
            )
        run_sync(Arrival(self.bridge, -1 if seconds is None else seconds * 1000))

    def post(self, name: str, message: dict[str, Any]) -> None:
        """Send a message to the service `name`."""
        self.bridge.post(name, to_js(message, dict_converter=js.Object.fromEntries))

    def print(self, stream: str, text: str) -> None:
        """Show `text` to the reader, as `stdout` or `stderr`."""
        self.bridge.print(stream, text)
