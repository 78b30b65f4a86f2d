"""Valkey, or Redis, as a child process."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local_servers.server import Place, free_ports, listening

IN_MEMORY_ONLY = ("--save", "", "--appendonly", "no")


@contextmanager
def running(executable: Path, place: Place, *, ports: Iterator[int] | None = None) -> Iterator[str]:
    """Run a server that keeps its data in memory, and yield its URL.

    Args:
        executable: `valkey-server` or `redis-server`.
        place: where the server runs.
        ports: the ports to try; by default any free ones.

    Raises:
        CannotStart: the server fails.
    """
    settings = ("--bind", "127.0.0.1", "--dir", str(place.folder), *IN_MEMORY_ONLY)
    with listening(
        lambda port: [executable, "--port", str(port), *settings],
        _is_ready,
        place,
        signal.SIGKILL,  # there is nothing to save, and SIGTERM waits for the next of its ticks
        ports or free_ports(),
    ) as port:
        yield f"redis://127.0.0.1:{port}/0"


def _is_ready(port: int, process: int) -> bool:
    """Tell whether this very server, not another one on its port, answers.

    Two commands inline, without a client library (https://valkey.io/topics/protocol, "Inline
    commands"). The server hangs up after the second, so that reading ends.
    """
    answer = b""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.2) as connection:
            connection.sendall(b"INFO server\r\nQUIT\r\n")
            while part := connection.recv(65536):
                answer += part
    except OSError:
        return False
    return b"\r\nprocess_id:%d\r\n" % process in answer
