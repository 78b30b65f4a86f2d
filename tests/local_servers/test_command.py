import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from local_servers import Addresses

COMMAND = [sys.executable, "-m", "local_servers"]
PRINT = "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'])"


@pytest.mark.parametrize(
    ("options", "stop", "fsync"),
    [([], signal.SIGINT, "off"), (["--durable"], signal.SIGTERM, "on")],
)
def test_prints_addresses_until_it_is_stopped(
    folder: Path, options: list[str], stop: signal.Signals, fsync: str
) -> None:
    unset = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
    with subprocess.Popen(
        [*COMMAND, *options],
        env={**unset, "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        lines = [process.stdout.readline().strip() for _ in range(3)]
        names, values = zip(*(line.split("=") for line in lines[:2]), strict=True)
        assert names == ("DATABASE_URL", "REDIS_URL")
        query = subprocess.run(
            ["sh", "-c", f"{lines[2]} -Atc 'show fsync'"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert query.stdout.strip() == fsync
        assert values[0] in lines[2]
        process.send_signal(stop)
        _, errors = process.communicate(timeout=10)
    assert process.returncode == 0
    assert "Traceback" not in errors
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("code", "status"),
    [("raise SystemExit(7)", 7), ("import os; os.kill(os.getpid(), 15)", 143)],
)
def test_runs_a_command_and_passes_its_exit_status_on(
    addresses: Addresses, code: str, status: int
) -> None:
    done = subprocess.run(
        [*COMMAND, sys.executable, "-c", f"{PRINT}\nimport sys; sys.stdout.flush()\n{code}"],
        env={**os.environ, **addresses.environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status
    assert done.stdout.split() == [addresses.database_url, addresses.redis_url]


def test_stops_the_servers_when_the_command_ends(folder: Path, addresses: Addresses) -> None:
    code = "import os; print(os.listdir(os.environ['TMPDIR']))"
    given = {"DATABASE_URL": addresses.database_url, "REDIS_URL": "", "TMPDIR": str(folder)}
    done = subprocess.run(
        [*COMMAND, sys.executable, "-c", code],
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "local-servers-" in done.stdout
    assert not list(folder.iterdir())


def test_a_command_that_does_not_exist(addresses: Addresses) -> None:
    done = subprocess.run(
        [*COMMAND, "/no-such-command"],
        env={**os.environ, **addresses.environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 127
    assert done.stderr == "/no-such-command: No such file or directory\n"
