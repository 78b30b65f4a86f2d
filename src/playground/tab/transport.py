"""One end of a connection inside the tab: an asyncio transport without a socket."""

import asyncio
from typing import Any

from .addresses import Endpoint

HIGH_WATER = 64 * 1024  # bytes, as asyncio's own transports have it


class LoopbackTransport(asyncio.Transport):
    """A transport whose other end is one of its kind; bytes arrive at the loop's next turn.

    Args:
        loop: the loop that both ends run on.
        protocol: gets what arrives here.
        own: host and port of this end.
        other: host and port of the other end.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        protocol: asyncio.BaseProtocol,
        own: tuple[str, int],
        other: tuple[str, int],
    ) -> None:
        super().__init__({"sockname": own, "peername": other, "socket": Endpoint(own, other)})
        self.loop = loop
        self.protocol = protocol
        self.peer: LoopbackTransport | None = None
        self.closing = self.at_end = self.ended = False
        self.reading, self.writer_waits = True, False
        self.arrived: list[bytes | None] = []
        self.coming = 0  # bytes that were sent here and are not handed over
        self.closed = asyncio.Event()
        self.groups: list[set[LoopbackTransport]] = []

    def join(self, group: set["LoopbackTransport"]) -> None:
        """Be in `group` for as long as the connection is open."""
        group.add(self)
        self.groups.append(group)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send `data`; what is written after the end is dropped, as asyncio drops it."""
        if self.peer and data and not self.closing and not self.ended:
            self.peer.coming += len(data)
            self.loop.call_soon(self.peer.receive, bytes(data))
            self.peer.hold_back()

    def write_eof(self) -> None:
        """Say that no more will be written."""
        if self.peer and not self.ended:
            self.ended = True
            self.loop.call_soon(self.peer.receive, None)

    def can_write_eof(self) -> bool:
        """Say that one direction can be closed alone."""
        return True

    def receive(self, data: bytes | None) -> None:
        """Take what the other end sent; None is its end."""
        self.arrived.append(data)
        if self.reading:
            self.deliver()

    def hold_back(self) -> None:
        """Let the other end pause if too much is on its way: at once, as it may not wait before."""
        if self.peer and not self.writer_waits and self.coming > HIGH_WATER:
            self.writer_waits = True
            self.peer.protocol.pause_writing()

    def deliver(self) -> None:
        """Hand over what has arrived, until the protocol wants no more."""
        while self.arrived and self.reading and not self.closing:
            data = self.arrived.pop(0)
            if data is not None:
                self.coming -= len(data)
                self.hand_over(data)
            elif not self.at_end:
                self.at_end = True
                if not self.protocol.eof_received():  # type: ignore[attr-defined]
                    self.close()
        if self.writer_waits and self.peer and not self.coming:
            self.writer_waits = False
            self.peer.protocol.resume_writing()

    def hand_over(self, data: bytes) -> None:
        """Give `data` to the protocol, in the way its kind takes it."""
        if not isinstance(self.protocol, asyncio.BufferedProtocol):
            self.protocol.data_received(data)  # type: ignore[attr-defined]
            return
        while data:
            buffer = self.protocol.get_buffer(len(data))
            size = min(len(buffer), len(data))  # type: ignore[arg-type]
            buffer[:size] = data[:size]  # type: ignore[index]
            self.protocol.buffer_updated(size)
            data = data[size:]

    def close(self) -> None:
        """Close both directions; the other end sees the end after all that was written."""
        if not self.closing:
            self.write_eof()
            self.closing = True
            self.loop.call_soon(self.lost)

    def lost(self) -> None:
        """Tell the protocol, and whoever waits for it, that the connection is over."""
        self.closed.set()
        for group in self.groups:
            group.discard(self)
        self.protocol.connection_lost(None)

    abort = close  # nothing is buffered here

    def pause_reading(self) -> None:
        """Hand nothing over until `resume_reading`."""
        self.reading = False

    def resume_reading(self) -> None:
        """Hand over what has arrived meanwhile, and what comes."""
        if not self.reading:
            self.reading = True
            self.loop.call_soon(self.deliver)

    def is_reading(self) -> bool:
        """Say whether the protocol takes data."""
        return self.reading and not self.closing

    def is_closing(self) -> bool:
        """Say whether this end is closed."""
        return self.closing

    def get_protocol(self) -> asyncio.BaseProtocol:
        """Return what gets the data."""
        return self.protocol

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Let another protocol get the data."""
        self.protocol = protocol

    def get_write_buffer_size(self) -> int:
        """Return how many bytes the other end has not taken."""
        return self.peer.coming if self.peer else 0

    def get_write_buffer_limits(self) -> tuple[int, int]:
        """Return the low and the high mark, in bytes."""
        return (0, HIGH_WATER)

    def set_write_buffer_limits(self, high: Any = None, low: Any = None) -> None:
        """Take the limits; they stay as they are."""
