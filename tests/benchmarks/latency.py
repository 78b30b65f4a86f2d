"""What the operations of the classic latency list take here: printed, kept, put on a page and
in its figure.

Each figure is the median of many rounds. Reads from disk go past the operating system's cache
where the system can be told to (Linux: `O_DIRECT`, macOS: `F_NOCACHE`); elsewhere, and on a file
system that refuses, they are left out.
"""

import contextlib
import json
import mmap
import os
import platform
import random
import re
import socket
import statistics
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from scenarios import ladder

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "chapter1" / "networking" / "latency_budget.md"
RESULT = ROOT / ".bench" / "latency.json"
BETWEEN = re.compile(r"(?s)(<!-- bench:start -->\n).*(<!-- bench:end -->)")
MEGABYTE = 1_000_000
BLOCK = 4096
FILE = 64 * 1024 * 1024

# What is done, its time in nanoseconds on the list of 2012, and what was measured here instead.
LIST: list[tuple[str, float, str]] = [
    ("Read from the L1 cache", 0.5, ""),
    ("Guess a branch wrongly", 5, ""),
    ("Read from the L2 cache", 7, ""),
    ("Lock and unlock a mutex", 25, "Python's"),
    ("Read from main memory", 100, ""),
    ("Compress 1 kB, Zippy", 3_000, "`zlib`, level 1"),
    ("Put 1 kB on a 1 Gbit/s line", 10_000, ""),
    ("Read 4 kB at random, SSD", 150_000, "the disk of this machine"),
    ("Read 1 MB in a row, memory", 250_000, "a copy"),
    ("Round trip in a data centre", 500_000, "TCP, loopback"),
    ("Read 1 MB in a row, SSD", 1_000_000, "the disk of this machine"),
    ("Move a disk's head", 10_000_000, ""),
    ("Read 1 MB in a row, disk", 20_000_000, ""),
    ("California to the Netherlands and back", 150_000_000, ""),
]


def median(action: Callable[[], object], rounds: int, repeat: int = 1) -> float:
    """Return the median time of one `action` in nanoseconds; each round does it `repeat` times."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter_ns()
        for _ in range(repeat):
            action()
        times.append((time.perf_counter_ns() - started) / repeat)
    return statistics.median(times)


def lock_and_unlock() -> float:
    """Time a free lock."""
    lock = threading.Lock()

    def action() -> None:
        lock.acquire()
        lock.release()

    return median(action, rounds=50, repeat=20_000)


def compress() -> float:
    """Time the fastest level of zlib on a kilobyte of program text."""
    text = Path(__file__).read_bytes()[:1000]
    return median(lambda: zlib.compress(text, 1), rounds=50, repeat=200)


def copy_memory() -> float:
    """Time copying a megabyte that no cache of the processor holds: another one in each round."""
    rounds = 256
    source = memoryview(bytearray(os.urandom(MEGABYTE)) * rounds)
    target = memoryview(bytearray(MEGABYTE))
    starts = iter(range(0, rounds * MEGABYTE, MEGABYTE))

    def action() -> None:
        start = next(starts)
        target[:] = source[start : start + MEGABYTE]

    return median(action, rounds)


def loopback() -> float:
    """Time one byte over TCP to a thread of this process and back."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def echo() -> None:
            with listener.accept()[0] as peer:
                while data := peer.recv(1):
                    peer.sendall(data)

        thread = threading.Thread(target=echo)
        thread.start()
        with socket.create_connection(listener.getsockname()) as client:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

            def action() -> None:
                client.sendall(b"?")
                client.recv(1)

            took = median(action, rounds=3000)
        thread.join()
    return took


@contextlib.contextmanager
def uncached(path: Path) -> Iterator[int | None]:
    """Open a file past the operating system's cache, or yield None where that cannot be had."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_DIRECT", 0))
    except OSError:
        yield None
        return
    try:
        if sys.platform == "darwin":
            import fcntl  # noqa: PLC0415 (Windows has none)

            fcntl.fcntl(descriptor, fcntl.F_NOCACHE, 1)
        yield descriptor if sys.platform == "darwin" or hasattr(os, "O_DIRECT") else None
    finally:
        os.close(descriptor)


def read_disk(descriptor: int) -> tuple[float, float]:
    """Return the time of a random 4 kB read, and of a megabyte read in a row."""
    with mmap.mmap(-1, BLOCK) as small, mmap.mmap(-1, 2**20) as large:
        at = iter(random.Random(1).sample(range(0, FILE, BLOCK), 1000))  # noqa: S311
        scattered = median(lambda: os.preadv(descriptor, [small], next(at)), rounds=1000)
        in_a_row = iter(range(0, FILE, 2**20))
        row = median(lambda: os.preadv(descriptor, [large], next(in_a_row)), rounds=64)
    return scattered, row * MEGABYTE / 2**20


def disk() -> dict[str, float]:
    """Time reads from the disk that holds this project."""
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        path = Path(folder, "data")
        with path.open("wb") as file:
            for _ in range(FILE // 2**20):
                file.write(os.urandom(2**20))
            file.flush()
            os.fsync(file.fileno())
        with uncached(path) as descriptor:
            if descriptor is None:
                return {}
            scattered, row = read_disk(descriptor)
    return {"Read 4 kB at random, SSD": scattered, "Read 1 MB in a row, SSD": row}


def measure() -> dict[str, float]:
    """Return each figure in nanoseconds, by the row of the list it belongs to."""
    return {
        "Lock and unlock a mutex": lock_and_unlock(),
        "Compress 1 kB, Zippy": compress(),
        "Read 1 MB in a row, memory": copy_memory(),
        "Round trip in a data centre": loopback(),
        **disk(),
    }


def two_digits(number: float) -> float:
    """Round to two digits that count."""
    return float(f"{number:.2g}")


def shown(nanoseconds: float) -> str:
    """Return a time in its own unit, with two digits that count."""
    units = {"ms": 1e6, "µs": 1e3, "ns": 1.0}
    unit = next(unit for unit, size in units.items() if nanoseconds >= size or unit == "ns")
    return f"{two_digits(nanoseconds / units[unit]):g} {unit}"


def table(figures: dict[str, float]) -> str:
    """Return the list with this machine's figures in a column of their own."""
    lines = ["| Operation | List of 2012 | This build |", "|---|--:|--:|"]
    for name, listed, instead in LIST:
        here = shown(figures[name]) if name in figures else ""
        note = f" (here: {instead})" if name in figures else ""
        lines.append(f"| {name}{note} | {shown(listed)} | {here} |")
    return "\n".join(lines)


def main() -> None:
    """Measure, print, write `.bench/latency.json`, and renew the table on the page."""
    figures = measure()
    system = f"{platform.system()} {platform.machine()}"
    machine = f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}"
    date = datetime.now(UTC).date().isoformat()
    source = f"Measured on {date} on {machine}; medians, taken by `tests/benchmarks/latency.py`."
    print(f"{table(figures)}\n\n{source}")
    RESULT.parent.mkdir(exist_ok=True)
    nanoseconds = {name: round(took) for name, took in figures.items()}
    result = {"nanoseconds": nanoseconds, "machine": machine, "date": date}
    RESULT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    page = PAGE.read_text("utf-8")
    filled = f"\n{table(figures)}\n\n{source}\n\n"
    listed = {name: nanoseconds for name, nanoseconds, _ in LIST}
    drawn = {name: two_digits(took) for name, took in figures.items()}
    ladder.write(ROOT, ladder.record(listed, drawn, {"machine": machine, "date": date}))
    PAGE.write_text(BETWEEN.sub(lambda found: found[1] + filled + found[2], page), "utf-8")


if __name__ == "__main__":
    main()
