"""The check itself, in a process of its own: `python -m exercises.checking` (see `__main__`)."""

import argparse
import os
import sys
from pathlib import Path

import pytest

from exercises.answer import answer
from exercises.plugin import Check
from exercises.report import BROKEN, HOLDS, OPEN, Verdict, report

QUIET = ["-p", "no:terminal", "-p", "no:cacheprovider", "--noconftest", "-c", os.devnull]


def check(path: Path, solution: Path, docs: Path, seconds: float) -> tuple[int, str]:
    """Check a solution; return the exit status and what to tell the reader."""
    try:
        compile(solution.read_text("utf-8"), str(solution), "exec")
    except (SyntaxError, ValueError) as problem:
        unread = Verdict("Python can read your file.", rows=answer(problem, solution, docs))
        return OPEN, report([], [unread], [])
    plugin = Check(solution, docs, seconds)
    pytest.main([str(path), *QUIET, f"--rootdir={path.parent}"], plugins=[plugin])
    if plugin.broken or not plugin.verdicts:
        return BROKEN, plugin.broken or f"{path} holds no test."
    text = report(plugin.criteria, plugin.verdicts, plugin.warned)
    return OPEN if any(verdict.failed for verdict in plugin.verdicts) else HOLDS, text


def main() -> None:
    """Check, and leave the text in a file: a reader's program may end this process at any time."""
    parser = argparse.ArgumentParser(prog="python -m exercises.checking")
    for name in ("check", "solution", "docs", "text"):
        parser.add_argument(name, type=Path)
    parser.add_argument("seconds", type=float)
    given = parser.parse_args()
    sys.dont_write_bytecode = True
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    status, text = check(given.check, given.solution, given.docs, given.seconds)
    given.text.write_text(text, "utf-8")
    sys.exit(status)


if __name__ == "__main__":
    main()
