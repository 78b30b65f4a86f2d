"""Check the listings, or build the finished site: `python -m listings check|build|update`."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from listings import (
    cards,
    machines,
    manifest,
    naming,
    pages,
    policy,
    search,
    site,
    sources,
    updating,
    verified,
)
from listings.problem import Problem
from reading import edition, faults


def main() -> None:
    """Read the command line, do it, and exit with 1 if there is a problem."""
    parser = argparse.ArgumentParser(prog="python -m listings", description=__doc__)
    commands = {"check": check, "build": build, "update": updating.update}
    parser.add_argument("command", choices=commands)
    command = commands[parser.parse_args().command]
    try:
        report(command(Path.cwd()))
    except (ValueError, SyntaxError) as problem:  # a file that is no listing, or no Python
        sys.exit(str(problem))


def check(root: Path) -> list[Problem]:
    """Look for faults in the pages and listings, without building or running anything."""
    return pages.problems(root) + faults.problems(root)


def build(root: Path) -> list[Problem]:
    """Build the site into `site/`, add its inventory and its policy, and look for faults.

    CI publishes what it builds, so there every listing must have been verified before.
    """
    built = root / "site"
    if found := check(root) + (verified.problems(root) if os.environ.get("CI") else []):
        return found
    # Not --quiet: it would keep the warnings from `--strict` too.
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    variables = os.environ | {"NO_MKDOCS_2_WARNING": "1"}  # Material's notice of its successor
    with subprocess.Popen(
        mkdocs, cwd=root, env=variables, stderr=subprocess.PIPE, text=True
    ) as building:
        pictures = cards.draw(root)  # meanwhile: they take nothing from its pages
        _, errors = building.communicate()
    if building.returncode:
        said = [line for line in errors.splitlines() if not line.startswith("INFO")]
        return [Problem("docs", "MkDocs did not build the site", "\n    ".join(said[-20:]))]
    html = site.read(built)
    blocks = site.blocks(html)
    if found := site.problems(root, blocks):
        return found
    manifest.write(root, built, blocks)
    machines.write(root, built)
    cards.write(pictures, built)
    edition.write(root, built, html)
    naming.add_names(built)
    search.shorten(built)
    sources.move_out(built)
    policy.add_policy(built)
    return []


def report(problems: list[Problem]) -> None:
    """Print the problems, each with its remedy, and exit with 1 if there is one."""
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        sys.exit(f"\n{len(problems)} to mend.")


if __name__ == "__main__":
    main()
