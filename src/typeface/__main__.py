"""Write the site's fonts into `docs/assets/fonts/`, unless they are there: `python -m typeface`."""

import sys
from pathlib import Path

from typeface.fonts import build

if __name__ == "__main__":
    try:
        build(Path.cwd())
    except OSError as problem:
        sys.exit(str(problem))
