"""The authors' guide shows what it says: each sample stands below itself, as what it becomes."""

import re
from pathlib import Path

import pytest

from listings.fences import INCLUDE
from listings.listing import Listing

# How the elements of a page begin.
ELEMENTS = {
    "folded note": r'^\?\?\? note "',
    "admonition": r"^!!! (\w+)",
    "tabs": r'^=== "',
    "listing": r'^```\w+\n--8<-- "[^"]+\.(py|mjs|ts|sql|sh):',
    "drawing": r'^<figure class="diagram">',
    "table": r"^\|---",
    "annotation": r"^1\. ",
    "footnote": r"^\[\^",
    "definition": r"^: {3}",
    "prediction": r"^    prints: ",
}


@pytest.fixture(scope="module")
def guide(root: Path) -> str:
    return (root / "docs" / "about" / "authors.md").read_text("utf-8")


def test_each_sample_is_followed_by_what_it_becomes(guide: str, root: Path) -> None:
    samples = Listing(root / "src/chapter1/authoring/elements.md", root / "src").sections
    shown = [one for line in guide.splitlines() if (one := INCLUDE.match(line))]
    sections = [one["section"] for one in shown if one["path"].endswith("authoring/elements.md")]
    assert sections == list(samples)
    for name, sample in samples.items():
        fence = f'````markdown\n--8<-- "chapter1/authoring/elements.md:{name}"\n````\n\n'
        assert fence + sample.text + "\n" in guide, name


def test_every_element_of_the_book_is_in_the_guide(guide: str, root: Path) -> None:
    book = "".join(path.read_text("utf-8") for path in (root / "docs").rglob("*.md"))
    for name, begins in ELEMENTS.items():
        assert re.search(begins, guide, re.MULTILINE), name
    kinds = set(re.findall(ELEMENTS["admonition"], book, re.MULTILINE))
    known = set(re.findall(ELEMENTS["admonition"], guide, re.MULTILINE))
    assert kinds - known == set()
    folded = set(re.findall(r"^\?\?\? (\w+)", book, re.MULTILINE))
    assert folded == {"note", "question"}  # the hints of the exercises
