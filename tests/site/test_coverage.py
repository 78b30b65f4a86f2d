"""The owner's draft, and every finding of its audit, has its place on the site or a reason.

`coverage/*.toml` holds one entry for each: `B` a block of the draft, `S` a section, `T` a table,
`K` a takeaway, `X` an exercise; `2.x` a statement that was checked, `3` something missing, `4`
something that could be demonstrated, `A` a correction to the findings themselves.
"""

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from article import Article

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).with_name("coverage")
COUNTS = {
    "B": 30, "2.1-": 22, "2.2-": 22, "2.3-": 13, "2.4-": 17, "2.5-": 7, "2.6-": 16,
    "3-1.1-": 13, "3-1.2-": 12, "3-1.3-": 10, "3-1.4-": 15, "3-1.5-": 1, "4-": 21, "A-": 16,
}  # fmt: skip
SECTIONS = {"1.1": 4, "1.2": 4, "1.3": 2, "1.4": 5, "1.5": 0}  # and how many are below each
EXPECTED = {
    *(f"{prefix}{number:02}" for prefix, count in COUNTS.items() for number in range(1, count + 1)),
    *(f"S-{section}" for section in SECTIONS),
    *(f"S-{part}.{number}" for part, count in SECTIONS.items() for number in range(1, count + 1)),
    *("T-async", "T-when"),
    *(f"K-{number}" for number in range(1, 7)),
    *(f"X-{number}" for number in range(1, 6)),
}
ITEMS = [
    item
    for file in sorted(FOLDER.glob("*.toml"))
    for item in tomllib.loads(file.read_text("utf-8"))["item"]
]
PLACED = [item for item in ITEMS if item["treated"] != "left out"]


def test_nothing_of_the_draft_is_forgotten_or_named_twice() -> None:
    counted = Counter(item["id"] for item in ITEMS)
    assert sorted(EXPECTED - set(counted)) == []
    assert sorted(set(counted) - EXPECTED) == []
    assert [name for name, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("item", PLACED, ids=lambda item: item["id"])
def test_what_is_covered_can_be_seen(item: dict[str, str], built: Path) -> None:
    seen = Article.read(built, item["at"])
    kind, _, wanted = item["by"].partition(":")
    assert item["treated"] in {"shown", "corrected"}
    assert item["what"]
    if kind == "text":
        assert len(wanted) > 10
        assert any(wanted in block for block in seen.blocks)
    elif kind == "table":
        assert any(header.startswith(wanted) for header in seen.tables), seen.tables
    elif kind == "figure":
        assert wanted in seen.figures
    else:
        assert kind == "listing"
        assert wanted in seen.listings


def test_what_is_left_out_has_a_reason() -> None:
    for item in ITEMS:
        if item["treated"] == "left out":
            assert len(item["why"].split()) > 4, item["id"]
            assert "at" not in item
            assert "by" not in item
