"""The locustfile of exercise 5 runs against the User Service."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from exercises.exercise import find_exercises
from local_servers import Addresses, scratch


@pytest.fixture
def service(servers: Addresses) -> Iterator[str]:
    """The address of a User Service on empty servers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with scratch(servers) as empty:
        command = [sys.executable, "-m", "user_service", "--port", str(port)]
        variables = os.environ | empty.environment
        with subprocess.Popen(command, env=variables, stderr=subprocess.DEVNULL) as process:
            try:
                wait_for(port)
                yield f"http://127.0.0.1:{port}"
            finally:
                process.kill()


def wait_for(port: int) -> None:
    for _ in range(300):
        with closing(socket.socket()) as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the User Service did not start")


def test_locust_readers_read_twice_a_second_and_nothing_fails(root: Path, service: str) -> None:
    file = find_exercises(root)[5].folder / "locustfile.py"
    options = ["--headless", "-u", "5", "-r", "5", "-t", "3s", "--host", service, "--json"]
    command = [sys.executable, "-m", "locust", "-f", str(file), *options, "--loglevel", "ERROR"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = {row["name"]: row for row in json.loads(done.stdout)}
    assert set(rows) == {"/users", "/users/{id}"}
    assert rows["/users"]["num_requests"] == 5
    assert 5 <= rows["/users/{id}"]["num_requests"] <= 5 * 2 * 4
    assert all(row["num_failures"] == 0 for row in rows.values())


def test_the_page_names_the_locustfile(root: Path) -> None:
    exercise = find_exercises(root)[5]
    [path] = re.findall(r"-f (\S+locustfile.py)", exercise.section)
    assert (root / path).is_file()
