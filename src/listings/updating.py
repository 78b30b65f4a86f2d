"""Rewrite what the listings print: the output lines in their files, and their records."""

import subprocess
import sys
from pathlib import Path

from listings.problem import Problem

RUN = [sys.executable, "-m", "pytest", "tests/chapter1", "-q"]


def update(root: Path) -> list[Problem]:
    """Run every listing, rewriting its outputs, and once more: they must come out the same.

    Args:
        root: the project's folder, a git work tree without uncommitted changes, so that
            `git diff` shows what was rewritten and `git restore` takes it back.
    """
    if status := git(root, "status", "--porcelain"):
        what = f"there are uncommitted changes:\n{status}"
        return [Problem(str(root), what, "commit or stash them, then run make update again")]
    if subprocess.run([*RUN, "--update-examples"], cwd=root, check=False).returncode:
        return [Problem("tests/chapter1", "a listing failed", "mend it, commit, run make update")]
    print(git(root, "status", "--short") or "Nothing had to be rewritten.")
    if subprocess.run(RUN, cwd=root, check=False).returncode:
        what = "a listing printed something else when it was run again"
        remedy = "print what does not change: a ratio, a sorted list, a comparison"
        return [Problem("tests/chapter1", what, remedy)]
    return []


def git(root: Path, *arguments: str) -> str:
    """Return what a git command prints."""
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.rstrip()
