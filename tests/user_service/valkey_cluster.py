"""A Valkey Cluster of local processes, whose nodes a test may kill, freeze and start again."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import redis

from local_servers import binaries
from local_servers.server import free_ports

SLOTS = 16384
PRIMARIES = 3
QUICK = ("--cluster-node-timeout", "500")


def until(holds: Callable[[], bool], what: str, seconds: float = 40) -> None:
    give_up = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up, f"it never came true: {what}"
        time.sleep(0.02)


class Node:
    """One valkey-server in cluster mode; the same one again, empty, after a `start`."""

    def __init__(self, folder: Path, port: int, bus: int) -> None:
        self.folder, self.port, self.bus = folder, port, bus
        folder.mkdir()
        self.start()

    def start(self) -> None:
        where = ("--bind", "127.0.0.1", "--port", str(self.port), "--cluster-port", str(self.bus))
        kept = ("--dir", str(self.folder), "--save", "", "--cluster-enabled", "yes")
        program = str(binaries.valkey().executable)
        self._process = subprocess.Popen(
            [program, *where, *kept, *QUICK], stdout=subprocess.DEVNULL
        )
        until(self._answers, f"the node on port {self.port} answers")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def freeze(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def ask(self, *command: object) -> Any:
        with redis.Redis(port=self.port, decode_responses=True) as client:
            return client.execute_command(*command)

    def _answers(self) -> bool:
        with suppress(redis.ConnectionError, redis.BusyLoadingError):
            return bool(self.ask("PING"))
        return False


class Nodes:
    """The nodes: three primaries with a third of the slots each."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._ports = folder, free_ports()
        self.all: list[Node] = []

    def start(self) -> None:
        self.all += [self._node() for _ in range(PRIMARIES)]
        for number, node in enumerate(self.all):
            first, end = (SLOTS * place // PRIMARIES for place in (number, number + 1))
            node.ask("CLUSTER", "ADDSLOTSRANGE", first, end - 1)
        self._agree()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.all[0].port}/0"

    def _node(self) -> Node:
        port, bus = next(self._ports), next(self._ports)
        return Node(self._folder / str(port), port, bus)

    def _agree(self) -> None:
        first, *others = self.all
        for node in others:
            first.ask("CLUSTER", "MEET", "127.0.0.1", node.port, node.bus)
        until(lambda: all(map(self._knows_all, self.all)), "all nodes know each other")

    def _knows_all(self, node: Node) -> bool:
        info = node.ask("CLUSTER", "INFO")
        wanted = ("cluster_state:ok", f"cluster_known_nodes:{len(self.all)}")
        return all(f"{one}\r\n" in info for one in wanted)


@contextmanager
def valkey_cluster(folder: Path) -> Iterator[Nodes]:
    nodes = Nodes(folder)
    try:
        nodes.start()
        yield nodes
    finally:
        for node in nodes.all:
            node.kill()
