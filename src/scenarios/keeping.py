"""Recordings that hold times: taken from programs, kept for as long as the same things happen."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any


def printed(program: str | Path, *words: str | Path) -> Any:  # noqa: ANN401 — each has a shape of its own
    """Run a program and return the JSON that it prints."""
    done = subprocess.run([program, *words], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def read(root: Path, place: Path) -> Any:  # noqa: ANN401
    """Return what is recorded at a place below `root`."""
    return json.loads((root / place).read_text("utf-8"))


def keep(root: Path, place: Path, new: object, facts: Callable[[Any], object]) -> str:
    """Write a recording if there is none, or if its facts have changed; say what was done.

    Args:
        root: the project's folder.
        place: where the recording stands, below `root`.
        new: what was recorded now.
        facts: returns of a recording what holds however fast the machine is.
    """
    if (root / place).exists() and facts(read(root, place)) == facts(new):
        return f"{place}: as it was"
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).write_text(json.dumps(new, separators=(",", ":")) + "\n", "utf-8")
    return f"{place}: written"
