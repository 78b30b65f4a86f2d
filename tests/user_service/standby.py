"""A replica of a PostgreSQL of ours: copied by pg_basebackup, kept up to date by streaming."""

import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local_servers import binaries, postgres
from local_servers.account import unprivileged
from local_servers.server import Place, became, child, free_ports, listening

PATIENCE = 60.0  # seconds for each step


@contextmanager
def standby(primary: str) -> Iterator[str]:
    """Copy a server, run the copy as its hot standby, and yield the copy's URL."""
    account, started = unprivileged(), time.monotonic()

    def pause() -> None:
        time.sleep(0.01)
        if time.monotonic() > started + PATIENCE:
            raise TimeoutError

    folder = Path(tempfile.mkdtemp(prefix="test-standby-"))
    try:
        folder.chmod(0o711)
        if account:
            account.owns(folder)
        program = binaries.postgres().usable_by(account, folder / "programs").executable
        place, data = Place(folder, account, pause), folder / "data"
        copy: list[str | Path] = [
            program.with_name("pg_basebackup"),
            "--dbname",
            primary,
            "--pgdata",
            data,
        ]
        # The standby's whole configuration: where its primary is, and standby.signal
        copy += ["--write-recovery-conf", "--checkpoint=fast", "--no-sync"]
        with child(copy, place, signal.SIGKILL) as process:
            became(lambda: process.poll() is not None, process, place)
        if process.returncode != 0:
            raise place.failure("pg_basebackup did not copy the server")
        with listening(
            lambda port: [program, "-D", data, "-p", str(port), *postgres.LOOPBACK_ONLY],
            lambda _, process: postgres._is_ready(data / "postmaster.pid", process),
            place,
            signal.SIGQUIT,
            free_ports(),
        ) as port:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
