"""The page of licences is the one that the build would write."""

from pathlib import Path

from playground import licences


def test_the_page_lists_what_is_shipped(root: Path) -> None:
    written = (root / licences.PAGE).read_text("utf-8")
    assert written == licences.page(), "run python -m playground licences, and commit the page"
