"""`python -m user_service` as a process of its own."""

import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local_servers import Addresses

RUN = [sys.executable, "-W", "error", "-m", "user_service", "--port", "0"]
END = ""


class Program:
    """A running service; what it says is read all the time, so that it never has to wait."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self._said: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = self.wait_for(r"running on (http://[^\s\"]+)")

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self._said.put(line)
        self._said.put(END)

    def wait_for(self, pattern: str) -> str:
        seen = ""
        while (line := self._said.get(timeout=30)) != END:
            seen += line
            if match := re.search(pattern, line):
                return match[1] if match.groups() else line
        raise AssertionError(f"the program ended without saying {pattern}:\n{seen}")

    def rest(self) -> str:
        """Wait for its end, and return what it has said since."""
        self._reader.join(30)
        return "".join(iter(self._said.get, END))


def environment(root: Path, addresses: Addresses, **more: str) -> dict[str, str]:
    source = {"PYTHONPATH": str(root / "src")}
    return dict(os.environ) | addresses.environment | source | more


@contextmanager
def running(given: dict[str, str]) -> Iterator[Program]:
    """Start the service with these environment variables; kill it at the end."""
    with subprocess.Popen(RUN, env=given, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield Program(process)
        finally:
            process.kill()
