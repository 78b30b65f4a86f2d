"""Check the playground's JavaScript: its types, and what a linter finds."""

import subprocess
from pathlib import Path

from listings.node_packages import installed
from playground.building import HERE, NODE

TOOLS = {
    "types": ["typescript/bin/tsc", "-p", "."],
    "lint": ["eslint/bin/eslint.js", "--max-warnings=0", "."],
}


def check(_: Path) -> None:
    """Run the type checker and the linter.

    Raises:
        OSError: there is a mistake; the tool has said which.
    """
    modules = installed(HERE)
    for what, (program, *options) in TOOLS.items():
        if subprocess.run([NODE, modules / program, *options], cwd=HERE, check=False).returncode:
            raise OSError(f"Mend the {what} of the playground's JavaScript first.")
