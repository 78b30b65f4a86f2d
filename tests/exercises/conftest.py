"""Runs the command that readers run."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from local_servers import Addresses

Ask = Callable[..., tuple[int, str]]
Answers = dict[Path, Future[tuple[int, str]]]


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


@pytest.fixture(scope="session")
def answers(ask: Ask) -> Iterator[Answers]:
    """What is said to every solution in the folders here: two are checked at a time."""
    with ThreadPoolExecutor(2) as pool:
        yield {
            path: pool.submit(ask, path.parent.name[1:].partition("_")[0], "--solution", path)
            for path in sorted(Path(__file__).parent.glob("e*/*.py"))
        }
        pool.shutdown(cancel_futures=True)
