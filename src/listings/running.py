"""Run a listing plainly, as a reader would, and see what it prints and which lines it reaches."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from listings.listing import Listing
from listings.reached import settings, unreached

TERMINAL = {"sql", "shell"}  # the output of these shows stderr too, as a terminal does


class ListingFailedError(Exception):
    """A listing raised, ran for too long, or wrote to stderr; the message says which and how."""


@dataclass
class Run:
    """What one run of a listing did.

    Attributes:
        printed: the lines of its standard output, in order, without trailing blanks. Of SQL
            the empty lines are left out, which psql prints between tables.
        seconds: when each of these lines came, in seconds from the start.
        unreached: numbers of the lines that hold code and were not executed.
    """

    printed: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    unreached: set[int] = field(default_factory=set)


def run(listing: Listing, environment: Mapping[str, str], *, limit: float = 30) -> Run:
    """Run `listing` in an empty folder of its own, without changing its file.

    Args:
        listing: what to run. TOML is parsed; Markdown only has to be there.
        environment: variables it gets: the addresses of its servers, a PATH that finds
            `psql`, `node` and `python3`, and NODE_PACKAGES, the `node_modules` it may import.
        limit: seconds it may take.

    Raises:
        ListingFailedError: it failed or hung; the message says how.
    """
    if listing.language == "toml":
        tomllib.loads(listing.text)
    if listing.language in {"toml", "yaml", "ini", "markdown"}:
        return Run()
    with tempfile.TemporaryDirectory(prefix="listing-") as folder:
        work, measured = Path(folder, "work"), Path(folder, "measured")
        work.mkdir()
        measured.mkdir()
        if packages := environment.get("NODE_PACKAGES"):
            Path(folder, "node_modules").symlink_to(packages)  # Node looks in the folders above
        variables = {
            "HOME": folder,
            "LANG": "C.UTF-8",
            "NO_COLOR": "1",
            "NODE_V8_COVERAGE": str(measured),
            "PYTHONPATH": str(listing.source),
            "PYTHONUNBUFFERED": "1",
            "TZ": "UTC",
        }
        result = execute(listing, work, measured, variables | dict(environment), limit)
        result.unreached = unreached(listing, measured)
        return result


def execute(
    listing: Listing, work: Path, measured: Path, variables: dict[str, str], limit: float
) -> Run:
    """Start the program in the folder `work`, read what it prints, and stop it after `limit`."""
    result, started = Run(), time.monotonic()
    errors = measured.parent / "stderr"
    with errors.open("wb") as stderr, listing.path.open("rb") as stdin:
        process = subprocess.Popen(
            command(listing, measured, variables.get("DATABASE_URL", "")),
            cwd=work,
            env=variables,
            stdin=stdin if listing.language == "sql" else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if listing.language in TERMINAL else stderr,
            start_new_session=True,
        )
        alarm = threading.Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        alarm.start()
        try:
            read(process, result, started, skip_empty=listing.language == "sql")
        finally:
            alarm.cancel()
            stop(process)
    said = errors.read_text("utf-8").strip()
    if time.monotonic() - started > limit:
        raise ListingFailedError(f"{listing}: did not end within {limit:g} seconds")
    if process.returncode or said:
        output = "\n".join([*result.printed[-5:], said])
        raise ListingFailedError(f"{listing}: exit status {process.returncode}\n{output}")
    return result


def read(
    process: subprocess.Popen[bytes], result: Run, started: float, *, skip_empty: bool
) -> None:
    """Note each line that `process` prints, until it closes its output and ends."""
    for line in process.stdout or ():
        text = line.decode("utf-8", "replace").rstrip()
        if text or not skip_empty:
            result.printed.append(text)
            result.seconds.append(round(time.monotonic() - started, 2))
    process.wait()


def stop(process: subprocess.Popen[bytes]) -> None:
    """End what is left of `process` and of the processes it started."""
    with process, contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def command(listing: Listing, measured: Path, address: str) -> list[str]:
    """Return the command line that runs `listing` and measures what it reaches.

    Args:
        listing: what to run.
        measured: the folder for what is measured.
        address: of the PostgreSQL that SQL runs on.
    """
    if listing.language == "python":
        measure = ["-m", "coverage", "run", f"--rcfile={settings(listing, measured)}"]
        return [sys.executable, "-W", "error", *measure, "-m", listing.module]
    if listing.language in {"javascript", "typescript"}:
        return ["node", str(listing.path)]
    if listing.language == "sql":
        return ["psql", "--no-psqlrc", "--quiet", "--pset=pager=off", address]
    return ["bash", "-eu", str(listing.path)]
