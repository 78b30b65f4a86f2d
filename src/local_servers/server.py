"""What starting and stopping PostgreSQL and Valkey have in common."""

import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from local_servers.account import Account
from local_servers.errors import CannotStart

PORTS_TO_TRY = 5
STOP_SECONDS = 2.0
LOG_LINES = 12


@dataclass(frozen=True)
class Place:
    """Where a server runs, as whom, and how to wait for it.

    Attributes:
        folder: a folder of its own, which is its account's.
        account: the account it runs as; None for ours.
        pause: waits some milliseconds; raises TimeoutError when starting has taken too long.
    """

    folder: Path
    account: Account | None
    pause: Callable[[], None]

    @property
    def log(self) -> Path:
        """The file that gets all the server says."""
        return self.folder / "log"

    def failure(self, what: str) -> CannotStart:
        """Return the error for a server, or its preparation, that did not get through."""
        lines = self.log.read_text(errors="replace").splitlines()[-LOG_LINES:]
        advice = "Or start a server yourself and set DATABASE_URL or REDIS_URL to its address."
        if any("No space left" in line for line in lines):
            advice = "Free some space, or set TMPDIR to a folder on another disk."
        said = "\n".join(f"  {line}" for line in lines) or "  (nothing)"
        return CannotStart(f"{what}. Its last log lines:\n{said}\n{advice}")


def free_ports() -> Iterator[int]:
    """Yield free ports of the loopback interface; another program may take one meanwhile."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        yield port


@contextmanager
def child(
    command: list[str | Path], place: Place, last: signal.Signals
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a child process at a place, its log begun anew; end it with the signal `last`.

    Raises:
        CannotStart: the program cannot be run.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    account = place.account
    with place.log.open("wb") as log:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=place.folder,
                env={**ours, "LC_ALL": "C", "TZ": "UTC"},
                user=account.user if account else None,
                group=account.group if account else None,
                extra_groups=[] if account else None,
            )
        except OSError as problem:
            raise place.failure(f"{command[0]} cannot be run ({problem})") from problem
    try:
        yield process
    finally:
        _stop(process, last)


def became(condition: Callable[[], bool], process: subprocess.Popen[bytes], place: Place) -> bool:
    """Wait until the condition holds; return False if the process ends, or hangs, instead."""
    try:
        while not condition():
            if process.poll() is not None:
                return False
            place.pause()
    except TimeoutError:
        return False
    return True


@contextmanager
def listening(
    command: Callable[[int], list[str | Path]],
    answers: Callable[[int, int], bool],
    place: Place,
    last: signal.Signals,
    ports: Iterator[int],
) -> Iterator[int]:
    """Run a server on the first of the ports that nobody else takes first; yield that port.

    Args:
        command: gives the command line for a port.
        answers: tells whether the server on this port, with this process id, is ready.
        place: where it runs.
        last: the signal that ends it.
        ports: the ports to try.

    Raises:
        CannotStart: it does not start, for another reason than its port.
    """
    for port in islice(ports, PORTS_TO_TRY):
        with child(command(port), place, last) as process:
            if became(lambda: answers(port, process.pid), process, place):  # noqa: B023
                yield port
                return
        if b"Address already in use" not in place.log.read_bytes():
            break
    raise place.failure(f"{Path(command(0)[0]).name} did not start")


def _stop(process: subprocess.Popen[bytes], last: signal.Signals) -> None:
    process.send_signal(last)  # does nothing when it has ended
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
