"""The guardian: a process that starts the servers, and ends them when its parent has gone.

`launcher.py` starts it. It writes one line of JSON, the addresses or an error, then waits until
its standard input says so, or closes, or its parent has another parent. A normal end, Ctrl-C and
`kill -9` of the parent so take the same path. Standard library only: it has to start at once.
"""

import argparse
import json
import os
import selectors
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from local_servers import binaries, postgres, valkey
from local_servers.account import Account, unprivileged
from local_servers.errors import CannotStart
from local_servers.server import Place

START_SECONDS = 45.0
REMOVE_SECONDS = 2.0


class Abandoned(Exception):
    """Nobody needs the servers any more."""


class Parent:
    """The process that needs the servers: the other end of our standard input."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._deadline = time.monotonic() + START_SECONDS
        self._told_to_stop = False
        self._input = selectors.DefaultSelector()
        self._input.register(sys.stdin.fileno(), selectors.EVENT_READ)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)

    def needs_us(self, seconds: float) -> bool:
        """Wait so long; return False as soon as it wants the servers stopped, or is gone.

        The end of our input is not enough: processes that the parent has forked hold it open.
        """
        spoke = self._input.select(seconds)
        return not (spoke or self._told_to_stop or os.getppid() != self._process)

    def pause(self) -> None:
        """Wait some milliseconds for a server that is starting.

        Raises:
            Abandoned: it need not go on starting.
            TimeoutError: starting has taken too long.
        """
        if not self.needs_us(seconds=0.004):
            raise Abandoned
        if time.monotonic() > self._deadline:
            raise TimeoutError

    def _stop(self, *_: object) -> None:
        self._told_to_stop = True


@contextmanager
def temporary_folder(account: Account | None) -> Iterator[Path]:
    """Make a folder that the account can enter, and remove it at the end, whatever is in it.

    A TMPDIR that is closed to the account is passed over, as `tempfile` passes over one that
    does not exist.

    Raises:
        OSError: no folder for temporary files can be written to.
    """
    places = [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]  # noqa: S108
    open_to_it = (place for place in places if not account or account.can_enter(place))
    folder = Path(tempfile.mkdtemp(prefix="local-servers-", dir=next(open_to_it, None)))
    try:
        if account:
            folder.chmod(0o711)
        yield folder
    finally:
        deadline = time.monotonic() + REMOVE_SECONDS
        while folder.exists() and time.monotonic() < deadline:
            shutil.rmtree(folder, ignore_errors=True)  # a server that was killed may yet write


def run(arguments: argparse.Namespace, parent: Parent) -> None:
    """Run the servers that are asked for as long as the parent needs them.

    Raises:
        Abandoned: the parent stopped needing them before they answered.
        CannotStart: a server fails.
        OSError: the temporary folder cannot be made.
    """
    account = unprivileged()
    started = {}
    with ExitStack() as stack:
        folder = stack.enter_context(temporary_folder(account))
        if arguments.valkey:
            program = binaries.valkey().usable_by(account, folder / "programs")
            place = _place(folder / "valkey", account, parent)
            started["REDIS_URL"] = stack.enter_context(valkey.running(program.executable, place))
        if arguments.postgres:
            program = binaries.postgres().usable_by(account, folder / "programs")
            place = _place(folder / "postgresql", account, parent)
            started["DATABASE_URL"] = stack.enter_context(
                postgres.running(program.executable, place, durable=arguments.durable)
            )
        _answer(started)
        while parent.needs_us(seconds=0.2):
            pass


def main() -> int:
    """Read the command line, run the servers, and return the exit status."""
    parser = argparse.ArgumentParser(prog="local_servers.guardian")
    parser.add_argument("--parent", type=int, required=True)
    for flag in ("--postgres", "--valkey", "--durable"):
        parser.add_argument(flag, action="store_true")
    arguments = parser.parse_args()
    try:
        run(arguments, Parent(arguments.parent))
    except Abandoned:
        return 1
    except (CannotStart, OSError) as problem:
        _answer({"error": str(problem)})
        return 1
    return 0


def _place(folder: Path, account: Account | None, parent: Parent) -> Place:
    folder.mkdir(mode=0o700)
    if account:
        account.owns(folder)
    return Place(folder, account, parent.pause)


def _answer(answer: dict[str, str]) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201 — this is what the parent reads


if __name__ == "__main__":
    sys.exit(main())
