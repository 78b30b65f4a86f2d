"""How long a first run in the tab takes, beside Pyodide as it comes, from the same host.

Every figure is the median of several rounds, in which both take turns. Cold is a browser with
nothing in its cache; warm is the next page in the same browser.
"""

import json
import os
import platform
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / "site")]

from browser import running  # noqa: E402 — tests/site is on the path only now
from playwright.sync_api import Browser, BrowserContext  # noqa: E402
from served_site import serving  # noqa: E402

from listings.embedded import files  # noqa: E402
from listings.listing import find_listings  # noqa: E402
from listings.requirements import needs  # noqa: E402
from playground.building import build  # noqa: E402

ASSETS = ROOT / "docs" / "assets" / "playground"
PYODIDE = ROOT / "src" / "playground" / "node_modules" / "pyodide"
PAGE = ROOT / "docs" / "about" / "measurements.md"
RESULT = ROOT / ".bench" / "playground.json"
BETWEEN = re.compile(r"(?s)(<!-- playground:start -->\n).*(<!-- playground:end -->)")
ROUNDS = int(os.environ.get("ROUNDS", "5"))
STARTS_IT = "chapter1.service.statements_sent"
HELLO = "print('hello')"
SERVICE = """
import asyncio

import httpx
from user_service.app import in_process

async def main():
    async with (
        in_process() as app,
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service") as client,
    ):
        answer = await client.post("/users", json={"username": "ada", "email": "ada@example.com"})
        print(answer.status_code)

asyncio.run(main())
"""
OURS = """
async ([address, program]) => {
  const began = performance.now();
  const { Runtime } = await import(address);
  globalThis.runtime ??= new Runtime({ base: new URL("assets/playground/", location.href) });
  let first = 0;
  const output = () => (first ||= performance.now() - began);
  const end = await runtime.run(program, { output });
  if (end.state !== "done") throw new Error(JSON.stringify(end));
  return first;
}
"""
READ_FIRST = """
async ([address, program]) => {
  const { Runtime } = await import(address);
  const runtime = new Runtime({ base: new URL("assets/playground/", location.href) });
  await runtime.prepare(program);
  await new Promise((resolve) => setTimeout(resolve, 5000));
  const began = performance.now();
  let first = 0;
  await runtime.run(program, { output: () => (first ||= performance.now() - began) });
  return first;
}
"""
AGAIN = """
async (program) => {
  const began = performance.now();
  await runtime.run(program, { output() {} });
  return performance.now() - began;
}
"""
STOP = """
async ([endless, program]) => {
  const stopped = runtime.run(endless, { output() {} });
  await new Promise((resolve) => setTimeout(resolve, 300));
  const began = performance.now();
  await runtime.stop();
  await stopped;
  await runtime.run(program, { output() {} });
  return performance.now() - began;
}
"""
STOCK = """
async (program) => {
  const began = performance.now();
  const { loadPyodide } = await import(new URL("pyodide/pyodide.mjs", location.href).href);
  let first = 0;
  const stdout = () => (first ||= performance.now() - began);
  const python = await loadPyodide({ stdout });
  await python.runPythonAsync(program);
  return first;
}
"""


def program(text: str, *needs: str, files: dict[str, str] | None = None) -> dict[str, Any]:
    """Return a program as the runtime takes it."""
    return {
        "language": "python",
        "path": "program.py",
        "files": {"program.py": text, **(files or {})},
        "needs": list(needs),
        "keep": False,
    }


def service() -> dict[str, Any]:
    """Return the program that starts the User Service and makes a user.

    It has the packages of a listing of the book that starts the service in the tab, and of its
    files those of the service.
    """
    listing = next(one for one in find_listings(ROOT) if one.module == STARTS_IT)
    own = {path: text for path, text in files(listing).items() if path.startswith("user_service/")}
    return program(SERVICE, *needs(listing), files=own)


@contextmanager
def served() -> Iterator[str]:
    """Serve the playground and Pyodide as it comes; give the address."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ASSETS, folder / "assets" / "playground")
        shutil.copytree(PYODIDE, folder / "pyodide")
        (folder / "index.html").write_text('<!doctype html><link rel="icon" href="data:,"><body>')
        with serving(folder, {"Cache-Control": "max-age=600"}) as (address, _):
            yield address


class Measurements:
    """Times in milliseconds, by name; all of one run."""

    def __init__(self, chromium: Browser, address: str) -> None:
        self.chromium = chromium
        self.address = address
        (runtime,) = ASSETS.glob("runtime-*.js")
        self.runtime = f"{address}/assets/playground/{runtime.name}"
        self.times: dict[str, list[float]] = {}

    def note(self, name: str, context: BrowserContext, code: str, argument: object) -> None:
        """Open a page and measure in it."""
        page = context.new_page()
        page.goto(self.address)
        self.times.setdefault(name, []).append(page.evaluate(code, argument))
        page.close()

    def round(self) -> None:
        """Measure everything once."""
        kinds = {
            "Pyodide as it comes": (STOCK, HELLO),
            "Python": (OURS, [self.runtime, program(HELLO)]),
            "the User Service's first 201": (OURS, [self.runtime, service()]),
        }
        for name, (code, argument) in kinds.items():
            context = self.chromium.new_context()
            self.note(f"{name}, cold", context, code, argument)
            self.note(f"{name}, warm", context, code, argument)
            if code is OURS:
                what = f"{name}, on a page that was read for 5 s first"
                self.note(what, context, READ_FIRST, argument)
            context.close()
        self.live()

    def live(self) -> None:
        """Measure what happens in a page whose Python has started."""
        page = self.chromium.new_page()
        page.goto(self.address)
        page.evaluate(OURS, [self.runtime, program(HELLO)])
        times = [page.evaluate(AGAIN, program(HELLO)) for _ in range(5)]
        self.times.setdefault("the same program again", []).append(statistics.median(times))
        endless = program("while True: pass")
        stopped = page.evaluate(STOP, [endless, program(HELLO)])
        self.times.setdefault("Stop, and the next program has run", []).append(stopped)
        page.close()

    def sizes(self) -> dict[str, int]:
        """Return in bytes, as they are sent, what a first run loads."""
        kinds = {
            "a program that imports nothing": program(HELLO),
            "the User Service with PostgreSQL and Valkey": service(),
        }
        found = {}
        for name, what in kinds.items():
            page = self.chromium.new_page()
            page.goto(self.address)
            page.evaluate(OURS, [self.runtime, what])
            used = page.evaluate("[...runtime.files.used]")
            found[name] = sum((ASSETS / file).stat().st_size for file in used)
            page.close()
        scripts = "the playground's scripts of the page, before compression"
        return found | {scripts: sum(path.stat().st_size for path in ASSETS.glob("*.js"))}

    def medians(self) -> dict[str, float]:
        """Return the median of each time."""
        return {name: statistics.median(times) for name, times in self.times.items()}


def table(medians: dict[str, float], bytes_sent: dict[str, int]) -> str:
    """Return what the page shows."""
    rows = []
    for name, took in medians.items():
        stock = medians[f"Pyodide as it comes, {'warm' if 'warm' in name else 'cold'}"]
        rows.append(f"| {name} | {took / 1000:.3f} | {took / stock:.2f} |")
    times = "\n".join(
        ["| What | Seconds | Multiple of Pyodide as it comes |", "|---|--:|--:|", *rows]
    )
    sent = [f"| {name} | {size / 1e6:.2f} |" for name, size in bytes_sent.items()]
    return times + "\n\n" + "\n".join(["| What a first run loads | MB |", "|---|--:|", *sent])


def main() -> None:
    """Measure, print, write `.bench/playground.json`, and renew the tables on the page."""
    build(ROOT)
    busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    with served() as address, running() as chromium:
        measured = Measurements(chromium, address)
        for number in range(ROUNDS):
            measured.round()
            print(f"round {number + 1} of {ROUNDS}", flush=True)
        version = chromium.version
        bytes_sent = measured.sizes()
    medians = measured.medians()
    date = datetime.now(UTC).date().isoformat()
    machine = (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Chromium {version}"
    )
    shown = (
        f"{table(medians, bytes_sent)}\n\nMeasured on {date} on {machine}, from the same machine."
    )
    print(f"\n{shown}")
    if busy:
        print("\nThe machine was busy before this began: measure again when it is quiet.")
    RESULT.parent.mkdir(exist_ok=True)
    result = {"milliseconds": medians, "bytes": bytes_sent, "machine": machine, "date": date}
    RESULT.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    page = PAGE.read_text("utf-8")
    PAGE.write_text(BETWEEN.sub(lambda found: f"{found[1]}\n{shown}\n\n{found[2]}", page), "utf-8")


if __name__ == "__main__":
    main()
