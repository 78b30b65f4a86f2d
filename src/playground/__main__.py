"""Build the playground into `docs/assets/playground/`: `python -m playground`."""

import sys
from pathlib import Path

from playground.building import build


def main() -> None:
    """Build what has changed; say in one sentence what went wrong."""
    try:
        build(Path.cwd())
    except OSError as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
