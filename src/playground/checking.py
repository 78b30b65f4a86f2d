"""Check the JavaScript of the playground and of the pages: its types, and what a linter finds."""

import subprocess
from pathlib import Path

from listings.node_packages import installed
from playground.building import HERE, NODE

OURS: list[str | Path] = [HERE, "docs/assets/javascripts"]
TOOLS: dict[str, list[str | Path]] = {
    "types": ["typescript/bin/tsc", "-p", HERE],
    "lint": ["eslint/bin/eslint.js", "--max-warnings=0", "-c", HERE / "eslint.config.js", *OURS],
}


def check(root: Path) -> None:
    """Run the type checker and the linter.

    Raises:
        OSError: there is a mistake; the tool has said which.
    """
    modules = installed(HERE)
    for what, (program, *options) in TOOLS.items():
        command = [NODE, modules / program, *options]
        if subprocess.run(command, cwd=root, check=False).returncode:
            raise OSError(f"Mend the {what} of the JavaScript first.")
