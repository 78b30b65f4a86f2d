"""A copy of the book that a test may break, and small listings to try things on."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from listings.listing import Listing


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """The book's sources, pages and tests, in a folder of their own."""
    ignored = shutil.ignore_patterns("__pycache__", "node_modules")
    for folder in ("docs", "src", "tests"):
        shutil.copytree(root / folder, tmp_path / folder, ignore=ignored)
    for file in ("mkdocs.yml", "pyproject.toml", "requirements.lock"):
        shutil.copy(root / file, tmp_path / file)
    return tmp_path


@pytest.fixture
def listing(tmp_path: Path) -> Callable[[str, str], Listing]:
    """Makes a listing of a chapter, given its file name and its text."""

    def make(name: str, text: str) -> Listing:
        path = tmp_path / "src" / "chapter9" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return Listing(path, tmp_path / "src")

    return make
