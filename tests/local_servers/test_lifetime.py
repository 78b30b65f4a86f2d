import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

PARENT = """
import os, signal
from local_servers import local_servers, versions
with local_servers(environ={}) as addresses:
    if os.fork() == 0:
        raise SystemExit  # leaves the block
    os.wait()
    versions(addresses)
    child = os.fork()
    if child == 0:
        signal.pause()
    print(child, flush=True)
    BODY
"""


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(psutil.NoSuchProcess):  # it ended while it was being looked at
            if condition():
                return True
        time.sleep(0.02)
    return False


@contextmanager
def parent(folder: Path, body: str) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT.replace("BODY", body)],
        env={**os.environ, "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def any_runs(processes: list[psutil.Process]) -> bool:
    """Tell whether any still runs; one that waits for init to collect its status does not."""
    return any(each.is_running() and each.status() != psutil.STATUS_ZOMBIE for each in processes)


def below(process: "subprocess.Popen[str]") -> list[psutil.Process]:
    """What it has started, but for PostgreSQL's own children: they come and go."""
    children = psutil.Process(process.pid).children()
    return children + [each for child in children for each in child.children()]


def test_gone_within_5_seconds_after_kill_9_though_a_forked_child_lives_on(folder: Path) -> None:
    with parent(folder, body="signal.pause()") as process:
        assert process.stdout
        forked = psutil.Process(int(process.stdout.readline()))
        others = [each for each in below(process) if each != forked]
        try:
            assert {"postgres", "valkey-server"} < {each.name() for each in others}
            process.send_signal(signal.SIGKILL)
            assert within(5, lambda: not (any_runs(others) or list(folder.iterdir())))
            assert forked.is_running()
        finally:
            forked.kill()


def test_gone_after_the_parent_was_killed_while_they_started(folder: Path) -> None:
    with parent(folder, body="") as process:
        assert within(10, lambda: any(each.name() == "initdb" for each in below(process)))
        others = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGKILL)
        assert within(5, lambda: not (any_runs(others) or list(folder.iterdir())))


def test_forked_children_neither_end_nor_keep_the_servers(folder: Path) -> None:
    with parent(folder, body="") as process:
        assert process.stdout
        forked = psutil.Process(int(process.stdout.readline()))
        try:
            assert process.wait(10) == 0
            assert not list(folder.iterdir())
            assert forked.is_running()
        finally:
            forked.kill()
