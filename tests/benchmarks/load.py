"""Sends GETs over kept connections, in a process of its own; any other status ends the run.

    python -m tests.benchmarks.load closed URL SECONDS FIRST LAST        as fast as answered
    python -m tests.benchmarks.load open URL SECONDS FIRST LAST RATE     so many a second

FIRST and LAST are the ids that are asked for in turn. Prints a JSON object. With `open`, a
request's time counts from the moment it was meant to be sent, not from when it could be.
"""

import asyncio
import json
import statistics
import sys
import time
from collections import deque
from itertools import cycle
from typing import cast
from urllib.parse import urlsplit

CONNECTIONS = 32


class Connection(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self, load: "Load") -> None:
        self._load = load
        self._buffer = b""
        self._meant = 0.0
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's has another base

    def ask(self, meant: float) -> None:
        self._meant = meant
        self.transport.write(next(self._load.requests))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        if not head.startswith(b"HTTP/1.1 200"):
            sys.exit(f"not a 200: {self._buffer[:300]!r}")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        if len(body) >= length:
            self._buffer = b""
            self._load.answered(self, time.perf_counter() - self._meant)

    def connection_lost(self, _: Exception | None) -> None:
        if not self._load.over:
            sys.exit("the server closed a connection")


class Load:
    """All connections together, and the times they took."""

    def __init__(self, first: int, last: int, path: str, rate: float | None) -> None:
        self.requests = cycle(
            f"GET {path}/{number} HTTP/1.1\r\nHost: service\r\n\r\n".encode()
            for number in range(first, last + 1)
        )
        self._rate = rate
        self._free: deque[Connection] = deque()
        self._late: deque[float] = deque()
        self.times: list[float] = []
        self.over = False

    def answered(self, connection: Connection, seconds: float) -> None:
        self.times.append(seconds)
        if self.over:
            return
        if self._rate is None:
            connection.ask(time.perf_counter())
        elif self._late:
            connection.ask(self._late.popleft())
        else:
            self._free.append(connection)

    async def run(self, host: str, port: int, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(CONNECTIONS):
            _, connection = await loop.create_connection(lambda: Connection(self), host, port)
            self._free.append(connection)
        start = time.perf_counter()
        if self._rate is None:
            while self._free:
                self._free.popleft().ask(start)
            await asyncio.sleep(seconds)
        else:
            await self._keep_the_rate(start, seconds, self._rate)
        self.over = True

    async def _keep_the_rate(self, start: float, seconds: float, rate: float) -> None:
        for number in range(int(rate * seconds)):
            meant = start + number / rate
            if (ahead := meant - time.perf_counter()) > 0:
                await asyncio.sleep(ahead)
            if self._free:
                self._free.popleft().ask(meant)
            else:
                self._late.append(meant)


def main() -> None:
    mode, url, seconds, first, last, *rate = sys.argv[1:]
    parts = urlsplit(url)
    load = Load(int(first), int(last), parts.path, float(rate[0]) if mode == "open" else None)
    started = time.perf_counter()
    try:
        import uvloop  # noqa: PLC0415 — not on Windows
    except ImportError:
        asyncio.run(load.run(parts.hostname or "", parts.port or 80, float(seconds)))
    else:
        uvloop.run(load.run(parts.hostname or "", parts.port or 80, float(seconds)))
    cuts = statistics.quantiles(load.times, n=100, method="inclusive")
    taken = time.perf_counter() - started
    result = {"requests": len(load.times), "seconds": taken, "p50": cuts[49], "p99": cuts[98]}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
