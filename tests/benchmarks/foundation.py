"""How long set-up, build, tests and servers take: printed, written to `.bench/`, put on a page.

Seconds depend on the machine. Each figure therefore also stands as a multiple of a yardstick
that was timed in the same run: starting Python and importing asyncio. With `--long` it runs
`make test` instead, which has a table of its own.
"""

import argparse
import json
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx

from local_servers import local_servers

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "about" / "measurements.md"
RESULTS = {"bench": "foundation.json", "long": "foundation-long.json"}
QUIET = os.environ | {"NO_MKDOCS_2_WARNING": "1"}


def timed(action: Callable[[], object], rounds: int = 5) -> float:
    """Return the median time of `rounds` calls of `action`, in seconds."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def command(*words: str, folder: Path = ROOT, **variables: str) -> Callable[[], object]:
    """Return an action that runs a command and fails with its output if it fails."""

    def action() -> None:
        environment = {**QUIET, **variables}
        done = subprocess.run(
            words, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"{' '.join(words)} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")

    return action


def start_servers() -> None:
    """Start PostgreSQL and Valkey, wait until they answer, and stop them."""
    with local_servers(environ={}):
        pass


def build(config: str = "mkdocs.yml") -> float:
    """Time a strict build of the site with one configuration."""
    with tempfile.TemporaryDirectory() as folder:
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", config]
        return timed(command(*mkdocs, "-d", folder), rounds=3)


def build_without_listings() -> float:
    """Time the same build without our extension: the code is included, but nothing is marked."""
    text = (ROOT / "mkdocs.yml").read_text("utf-8").replace("  - listings.extension\n", "")
    stock = ROOT / ".bench-mkdocs.yml"
    stock.write_text(text, "utf-8")
    try:
        return build(stock.name)
    finally:
        stock.unlink()


def until_a_change_shows(file: str, old: str, new: str) -> float:
    """Time how long `mkdocs serve` takes to show a change of `file`, in a copy of the book.

    Args:
        file: the page or listing, in which each `old` becomes `new`.
        old: what the page on ACID shows before.
        new: what it does not show before.
    """
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        copy = Path(folder)
        for part in ("docs", "src"):
            shutil.copytree(ROOT / part, copy / part)
        for name in ("mkdocs.yml", "requirements.lock"):
            shutil.copy(ROOT / name, copy)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        serve = [sys.executable, "-m", "mkdocs", "serve", "-q", "-a", f"127.0.0.1:{port}"]
        variables = QUIET | {"PYTHONPATH": str(copy / "src")}
        with subprocess.Popen(serve, cwd=copy, env=variables) as server:
            address = f"http://127.0.0.1:{port}/chapter1/databases/acid/"
            wait_for(address, old)
            changed = copy / file
            changed.write_text(changed.read_text("utf-8").replace(old, new), "utf-8")
            started = time.perf_counter()
            wait_for(address, new)
            took = time.perf_counter() - started
            server.terminate()
    return took


def wait_for(address: str, text: str) -> None:
    """Ask for a page until it holds `text`, at most a minute long."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if text in httpx.get(address, timeout=60).text:
                return
        except httpx.TransportError:
            pass  # not up yet
        time.sleep(0.02)
    sys.exit(f"{address} did not show {text!r} within a minute")


def cold_test() -> float:
    """Time `make test` in a fresh clone with an empty home folder, downloads included."""
    with tempfile.TemporaryDirectory() as home:
        clone = Path(home, "clone")
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        return timed(command("make", "test", folder=clone, HOME=home), rounds=1)


def short_ones() -> Iterator[tuple[str, float]]:
    """Yield what is measured each time, and its seconds."""
    yield "PostgreSQL and Valkey start, answer and stop", timed(start_servers)
    listings = command(sys.executable, "-m", "listings", "build")
    yield "the finished site: `python -m listings build`", timed(listings, rounds=3)
    yield "of which `mkdocs build --strict`", build()
    yield "the same without our Markdown extension", build_without_listings()
    page = "docs/chapter1/databases/acid.md"
    yield "a changed page shows in `mkdocs serve`", until_a_change_shows(page, "ACID", "AZID")
    listing = "src/chapter1/databases/transfer.py"
    yield (
        "a changed listing shows in `mkdocs serve`",
        until_a_change_shows(listing, "charles", "zoe"),
    )
    yield "`make quick`", timed(command("make", "quick"), rounds=1)


def long_ones() -> Iterator[tuple[str, float]]:
    """Yield what takes the better part of an hour, and its seconds."""
    yield "`make test`", timed(command("make", "test"), rounds=1)
    yield "`make test`, fresh clone, empty home folder", cold_test()


def measure(rows: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Return each figure in seconds, by what it measures, and print it as it comes."""
    figures = {}
    for name, seconds in rows:
        figures[name] = seconds
        print(f"{seconds:8.2f} s  {name}", flush=True)
    return figures


def main() -> None:
    """Measure, print, write it to `.bench/`, and renew a table on the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="make test instead, an hour or less")
    part = "long" if parser.parse_args().long else "bench"
    yardstick = timed(command(sys.executable, "-c", "import asyncio"))
    figures = measure(long_ones() if part == "long" else short_ones())
    system = f"{platform.system()} {platform.machine()}"
    machine = f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}"
    date = datetime.now(UTC).date().isoformat()
    rows = [f"| {name} | {took:.1f} | {took / yardstick:.0f} |" for name, took in figures.items()]
    table = "\n".join(["| What | Seconds | Multiple of a Python start |", "|---|--:|--:|", *rows])
    source = f"Measured on {date} on {machine}; there, a Python start takes {yardstick:.3f} s."
    print(f"\n{table}\n\n{source}")
    ratios = {name: round(took / yardstick, 1) for name, took in figures.items()}
    result = {"seconds": figures, "ratios": ratios, "machine": machine, "date": date}
    file = ROOT / ".bench" / RESULTS[part]
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    between = re.compile(rf"(?s)(<!-- {part}:start -->\n).*(<!-- {part}:end -->)")
    page = PAGE.read_text("utf-8")
    PAGE.write_text(between.sub(rf"\1\n{table}\n\n{source}\n\n\2", page), "utf-8")


if __name__ == "__main__":
    main()
