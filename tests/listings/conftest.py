"""Small listings to try things on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from listings.listing import Listing


@pytest.fixture
def listing(tmp_path: Path) -> Callable[[str, str], Listing]:
    """Makes a listing of a chapter, given its file name and its text."""

    def make(name: str, text: str) -> Listing:
        path = tmp_path / "src" / "chapter9" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return Listing(path, tmp_path / "src")

    return make
