"""Start the servers that the environment does not name, through a guardian process."""

import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from local_servers.errors import CannotStart

# The guardian has deadlines of its own, and explains what it waited for: these are longer.
ANSWER_SECONDS = 60.0
STOP_SECONDS = 10.0


@dataclass(frozen=True)
class Addresses:
    """Where PostgreSQL and Valkey answer."""

    database_url: str
    redis_url: str

    @property
    def environment(self) -> dict[str, str]:
        """The two addresses as the environment variables that our programs read."""
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}


@contextmanager
def local_servers(
    *, durable: bool = False, environ: Mapping[str, str] = os.environ
) -> Iterator[Addresses]:
    """Yield the addresses of a PostgreSQL and a Valkey, started here if they have to be.

    A server whose address stands in the environment is used as it is. The others run until the
    end of the block, or until this process ends, however it ends; their data goes with them.

    Args:
        durable: start PostgreSQL with its default settings: a commit then waits for the disk.
        environ: where DATABASE_URL and REDIS_URL are looked up; `{}` for servers of your own.

    Raises:
        CannotStart: a server does not start; the message says why and what to do.
    """
    addresses = {name: environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}
    options = ["--durable"] if durable else []
    options += [] if addresses["DATABASE_URL"] else ["--postgres"]
    options += [] if addresses["REDIS_URL"] else ["--valkey"]
    if all(addresses.values()):
        yield Addresses(addresses["DATABASE_URL"], addresses["REDIS_URL"])
    else:
        with _guardian(options) as started:
            addresses |= started
            yield Addresses(addresses["DATABASE_URL"], addresses["REDIS_URL"])


@contextmanager
def _guardian(options: list[str]) -> Iterator[dict[str, str]]:
    """Run a guardian and yield the addresses it answers with."""
    owner = os.getpid()
    with subprocess.Popen(
        [sys.executable, "-m", "local_servers.guardian", f"--parent={owner}", *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=Path(__file__).parent.parent,
        start_new_session=True,  # Ctrl-C in the terminal is ours to handle
    ) as guardian:
        try:
            yield _answer(guardian)
        finally:
            if os.getpid() == owner:  # a forked child that leaves the block ends nothing
                _stop(guardian)


def _answer(guardian: subprocess.Popen[bytes]) -> dict[str, str]:
    """Read the one line that the guardian writes.

    Raises:
        CannotStart: it reports an error, ends, or stays silent.
    """
    assert guardian.stdout  # noqa: S101 — for mypy
    with selectors.DefaultSelector() as selector:
        selector.register(guardian.stdout, selectors.EVENT_READ)
        if not selector.select(ANSWER_SECONDS):
            raise CannotStart(f"The servers did not answer within {ANSWER_SECONDS:.0f} s.")
    line = guardian.stdout.readline()
    try:
        answer: dict[str, str] = json.loads(line)
    except ValueError:
        said = (line + guardian.stdout.read()).decode(errors="replace")
        raise CannotStart(f"The process that starts the servers failed:\n{said}") from None
    if "error" in answer:
        raise CannotStart(answer["error"])
    return answer


def _stop(guardian: subprocess.Popen[bytes]) -> None:
    """Tell the guardian to end, and wait until its servers and their folder are gone."""
    assert guardian.stdin  # noqa: S101 — for mypy
    with suppress(OSError):  # it may have ended
        os.write(guardian.stdin.fileno(), b"stop\n")
    try:
        guardian.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(guardian.pid, signal.SIGKILL)  # its servers are in its process group
