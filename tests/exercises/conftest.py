"""Runs the command that readers run."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from local_servers import Addresses

Ask = Callable[..., tuple[int, str]]


@pytest.fixture(scope="session")
def ask(root: Path, servers: Addresses) -> Ask:
    """Run `python -m exercises` on the tests' servers; return its exit status and its text."""

    def ask(*arguments: object) -> tuple[int, str]:
        command = [sys.executable, "-m", "exercises", *map(str, arguments)]
        variables = os.environ | servers.environment
        done = subprocess.run(
            command, cwd=root, env=variables, capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stdout + done.stderr
        assert done.stderr == ""
        return done.returncode, " ".join(done.stdout.split())

    return ask
