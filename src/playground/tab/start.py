"""Where the worker's JavaScript enters: `start`, then `imported` and `run` for each program."""

import asyncio
import gc
import json
import logging
import random
import time
from typing import Any

from pyodide.ffi import can_run_sync  # type: ignore[import-not-found]

from . import archives, program, source
from .browser import Worker
from .loop import TabLoop
from .report import Report, report
from .services import Services
from .shared import Shared
from .stepping import in_steps

PORTS = {"postgres": 5432, "valkey": 6379}
ENVIRONMENT = {
    "DATABASE_URL": "postgresql://postgres@localhost:5432/postgres",
    "REDIS_URL": "redis://localhost:6379/0",
    "HOME": "/listing",
    "LANG": "C.UTF-8",
    "NO_COLOR": "1",
    "TZ": "UTC",
}

SHARED = Shared()


class Python:
    """Python, as the worker uses it.

    Args:
        bridge: the worker's functions; `browser.Worker` names them.
    """

    def __init__(self, bridge: Any) -> None:
        # The memory that all tabs begin with was made at some time, by no chance.
        random.seed()
        logging._startTime = time.time_ns()  # type: ignore[attr-defined]
        self.worker = Worker(bridge)
        self.services = Services(PORTS, self.worker.post)
        self.shared = SHARED
        asyncio.set_event_loop_policy(Policy(self.make_loop))

    def make_loop(self) -> TabLoop:
        """Return a new event loop, as `asyncio.run` asks for one."""
        return TabLoop(self.worker, self.services)

    def add_archives(self, names: str) -> None:
        """Make the packages in archives importable.

        Args:
            names: those of the archives, as JSON.
        """
        archives.add(json.loads(names))

    def prepare(self, files: str) -> None:
        """Import what a program's files import that is none of them.

        Args:
            files: paths and texts, as JSON.
        """
        program.forget()  # else those of the program before would count as everybody's
        gc.disable()  # there is next to no garbage, and looking for it takes a tenth of the time
        self.shared.learn(program.from_outside(json.loads(files)))
        gc.enable()

    def imported(self, files: str) -> str:
        """Return what a program's files import: names, as JSON.

        Args:
            files: paths and texts, as JSON.
        """
        return json.dumps(source.imported(json.loads(files)))

    def begin(self, path: str, files: str) -> None:
        """Get ready to run a program; `step` does it.

        Args:
            path: its main module.
            files: paths and texts, as JSON.
        """
        texts = json.loads(files)
        program.lay_out(texts, ENVIRONMENT)
        self.shared.begin()
        stand_in = None if can_run_sync() else in_steps(self.make_loop)
        self.running = program.run(path, texts[path], self.worker.print, stand_in)

    def spoiled(self) -> bool:
        """Say whether the last program has changed what all programs share."""
        try:
            return self.shared.spoiled()
        except BaseException:  # noqa: BLE001 — it cannot even tell
            return True

    def step(self) -> str:
        """Run the program until it ends or, in a browser without JSPI, until it has to wait.

        Returns:
            As JSON: `{"wait": seconds}`, null for no limit, or `{"error": report}`, null if it
            has ended well.
        """
        try:
            pause = self.running.send(None)
        except StopIteration:
            return '{"error": null}'
        except SystemExit as leaving:
            return json.dumps({"error": left(leaving)})
        except BaseException as error:  # noqa: BLE001 — whatever it is, the reader is told
            return json.dumps({"error": vars(report(error, source.OWN))})
        return json.dumps({"wait": pause.seconds})


def left(leaving: SystemExit) -> dict[str, Any] | None:
    """Say what a program that called `sys.exit` left with; None if all was well."""
    if leaving.code in (None, 0):
        return None
    said = str(leaving.code)
    text = f"The program ended itself with exit status {leaving.code!r}."
    return vars(Report("SystemExit", said, [], text))


class Policy(asyncio.DefaultEventLoopPolicy):
    """Lets `asyncio.run` and its like make loops of the tab."""

    def __init__(self, make_loop: Any) -> None:
        super().__init__()
        self._loop_factory = make_loop
