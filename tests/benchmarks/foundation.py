"""How long set-up, build, tests and servers take: printed, written to `.bench/`, put on a page.

Seconds depend on the machine. Each figure therefore also stands as a multiple of a yardstick
that was timed in the same run: starting Python and importing asyncio.
"""

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
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx

from local_servers import local_servers

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "about" / "measurements.md"
RESULT = ROOT / ".bench" / "foundation.json"
BETWEEN = re.compile(r"(?s)(<!-- bench:start -->\n).*(<!-- bench:end -->)")
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


def until_a_change_shows(file: str) -> float:
    """Time how long `mkdocs serve` takes to show a change of `file`, in a copy of the book."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        copy = Path(folder)
        for part in ("docs", "src"):
            shutil.copytree(ROOT / part, copy / part)
        shutil.copy(ROOT / "mkdocs.yml", copy)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        serve = [sys.executable, "-m", "mkdocs", "serve", "-q", "-a", f"127.0.0.1:{port}"]
        variables = QUIET | {"PYTHONPATH": str(copy / "src")}
        with subprocess.Popen(serve, cwd=copy, env=variables) as server:
            address = f"http://127.0.0.1:{port}/chapter1/databases/acid/"
            wait_for(address, "Ada")
            changed = copy / file
            changed.write_text(
                changed.read_text("utf-8").replace("Ada", "Zoe").replace("ada", "zoe")
            )
            started = time.perf_counter()
            wait_for(address, "Zoe" if file.startswith("docs") else "zoe")
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


def measure() -> dict[str, float]:
    """Return each figure in seconds, by what it measures."""
    figures = {
        "Python starts and imports asyncio": timed(command(sys.executable, "-c", "import asyncio"))
    }

    def note(name: str, seconds: float) -> None:
        figures[name] = seconds
        print(f"{seconds:8.2f} s  {name}", flush=True)

    note("PostgreSQL and Valkey start, answer and stop", timed(start_servers))
    note("`mkdocs build --strict`", build())
    note("the same without our Markdown extension", build_without_listings())
    note(
        "a changed page shows in `mkdocs serve`",
        until_a_change_shows("docs/chapter1/databases/acid.md"),
    )
    note(
        "a changed listing shows in `mkdocs serve`",
        until_a_change_shows("src/chapter1/databases/transfer.py"),
    )
    note("`make quick`", timed(command("make", "quick"), rounds=1))
    note("`make test`", timed(command("make", "test"), rounds=1))
    note("`make test`, fresh clone, empty home folder", cold_test())
    return figures


def main() -> None:
    """Measure, print, write `.bench/foundation.json`, and renew the table on the page."""
    figures = measure()
    yardstick = figures.pop("Python starts and imports asyncio")
    system = f"{platform.system()} {platform.machine()}"
    machine = f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}"
    date = datetime.now(UTC).date().isoformat()
    rows = [f"| {name} | {took:.1f} | {took / yardstick:.0f} |" for name, took in figures.items()]
    table = "\n".join(["| What | Seconds | Multiple of a Python start |", "|---|--:|--:|", *rows])
    source = f"Measured on {date} on {machine}; there, a Python start takes {yardstick:.3f} s."
    print(f"\n{table}\n\n{source}")
    RESULT.parent.mkdir(exist_ok=True)
    ratios = {name: round(took / yardstick, 1) for name, took in figures.items()}
    result = {"seconds": figures, "ratios": ratios, "machine": machine, "date": date}
    RESULT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    page = PAGE.read_text("utf-8")
    PAGE.write_text(BETWEEN.sub(rf"\1\n{table}\n\n{source}\n\n\2", page), "utf-8")


if __name__ == "__main__":
    main()
