"""Build the playground into `docs/assets/playground/`, check its JavaScript, list its licences.

`python -m playground`, `python -m playground check`, `python -m playground licences`.
"""

import argparse
import sys
from pathlib import Path

from playground import licences
from playground.building import build
from playground.checking import check


def main() -> None:
    """Do it; say in one sentence what went wrong."""
    parser = argparse.ArgumentParser(prog="python -m playground", description=__doc__)
    parser.add_argument("command", choices=("build", "check", "licences"), nargs="?")
    commands = {"check": check, "licences": licences.write}
    try:
        commands.get(parser.parse_args().command, build)(Path.cwd())
    except OSError as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
