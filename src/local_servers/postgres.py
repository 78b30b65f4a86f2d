"""PostgreSQL as a child process."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local_servers.server import Place, became, child, free_ports, listening

INITDB = (
    "--username=postgres",
    "--auth=trust",  # why that is acceptable here, and where not: see local_servers/__init__.py
    "--encoding=UTF8",
    "--locale-provider=builtin",  # the same order of text on every system
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--no-sync",
    "--no-instructions",
    "--set=timezone=UTC",
    "--set=log_timezone=UTC",
)
LOOPBACK_ONLY = ("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=")
# https://www.postgresql.org/docs/18/non-durability.html
NOT_DURABLE = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


@contextmanager
def running(
    executable: Path, place: Place, *, durable: bool = False, ports: Iterator[int] | None = None
) -> Iterator[str]:
    """Run a server, on a new database cluster if there is none, and yield the server's URL.

    Args:
        executable: PostgreSQL's `postgres`, with `initdb` beside it.
        place: where the server runs, and where a cluster may stand from a run before.
        durable: keep PostgreSQL's default settings, so that a commit survives a power cut;
            otherwise nothing waits for the disk.
        ports: the ports to try; by default any free ones.

    Raises:
        CannotStart: `initdb` or the server fails.
    """
    data = place.folder / "data"
    if not data.exists():
        initialise(executable.with_name("initdb"), data, place)
    settings = LOOPBACK_ONLY if durable else LOOPBACK_ONLY + NOT_DURABLE
    with listening(
        lambda port: [executable, "-D", data, "-p", str(port), *settings],
        lambda _, process: _is_ready(data / "postmaster.pid", process),
        place,
        signal.SIGQUIT,  # immediate shutdown: the data is thrown away
        ports or free_ports(),
    ) as port:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"


def initialise(initdb: Path, data: Path, place: Place) -> None:
    """Make a database cluster in the folder `data`.

    Raises:
        CannotStart: `initdb` fails.
    """
    # Not SIGTERM: initdb would first wait for the server that it is feeding.
    with child([initdb, "-D", data, *INITDB], place, signal.SIGKILL) as process:
        became(lambda: process.poll() is not None, process, place)
    if process.returncode != 0:
        raise place.failure("initdb did not make a database cluster")


def _is_ready(lock_file: Path, process: int) -> bool:
    """Tell whether this very server, not another one on its port, accepts connections.

    `pg_ctl start --wait` does the same: the eighth line of `postmaster.pid` is the server's status
    (src/include/utils/pidfile.h), and "ready" comes after its port was bound. The first is the
    process: a server that was killed leaves its file behind.
    """
    try:
        lines = lock_file.read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0] == str(process) and lines[7].strip() == "ready"
