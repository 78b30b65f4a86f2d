"""The book as it stands has no fault that can be seen without running it."""

from pathlib import Path

import pytest

from listings import pages
from listings.listing import find_listings


def test_pages_and_listings_agree(root: Path) -> None:
    if problems := pages.problems(root):
        pytest.fail("\n".join(map(str, problems)), pytrace=False)


def test_there_is_a_listing_of_each_kind(root: Path) -> None:
    languages = {listing.language for listing in find_listings(root)}
    assert {"python", "javascript", "typescript", "sql", "shell"} <= languages
