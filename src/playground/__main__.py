"""Build the playground into `docs/assets/playground/`, or check the types of its JavaScript.

`python -m playground` and `python -m playground check`.
"""

import argparse
import sys
from pathlib import Path

from playground.building import build, check


def main() -> None:
    """Do it; say in one sentence what went wrong."""
    parser = argparse.ArgumentParser(prog="python -m playground", description=__doc__)
    parser.add_argument("command", choices=("build", "check"), nargs="?", default="build")
    try:
        if parser.parse_args().command == "check":
            check()
        else:
            build(Path.cwd())
    except OSError as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
