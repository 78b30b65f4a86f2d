"""Pages stay short enough to be finished: the limits and their exceptions are data."""

import tomllib
from pathlib import Path

import pytest
from article import Article

from listings.pages import markdown_pages
from listings.site import address

BUDGETS = tomllib.loads(Path(__file__).with_name("budgets.toml").read_text("utf-8"))
PAGES = BUDGETS["pages"]
pytestmark = pytest.mark.slow


def excess(name: str, seen: Article) -> list[str]:
    """Say which limits the page exceeds that no exception of its own raises."""
    figures = {
        "words": seen.words,
        "listings": len(seen.visible_listings),
        "lines": max(seen.visible_listings, default=0),
    }
    limits = BUDGETS["limits"] | BUDGETS.get("exceptions", {}).get(name, {})
    return [
        f"{figures[what]} {what}, at most {limits[what]}"
        for what in figures
        if figures[what] > limits[what]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_to_its_budget(name: str, built: Path) -> None:
    assert excess(name, Article.read(built, f"chapter1/{name}/")) == []


def test_a_page_asks_its_reader_a_few_things_or_has_a_reason(root: Path, built: Path) -> None:
    fewest, most = BUDGETS["questions"]
    pages = [page.relative_to(root).as_posix() for page in markdown_pages(root)]
    asked = {address(page): Article.read(built, address(page)).questions for page in pages}
    few = {page.strip("/") or "index" for page, count in asked.items() if count < fewest}
    assert few == set(BUDGETS["unasked"])
    assert max(asked.values()) <= most
    assert all(BUDGETS["unasked"].values())


def test_every_page_of_the_chapter_has_a_budget_or_a_reason(root: Path) -> None:
    chapter = root / "docs" / "chapter1"
    found = {path.relative_to(chapter).with_suffix("").as_posix() for path in chapter.rglob("*.md")}
    found = {name.removesuffix("/index") for name in found}
    assert found == {*PAGES, *BUDGETS["without"]}


def test_an_exception_is_needed_and_explained(built: Path) -> None:
    for name, exception in BUDGETS.get("exceptions", {}).items():
        seen = Article.read(built, f"chapter1/{name}/")
        assert exception["why"]
        raised = {what: limit for what, limit in exception.items() if what != "why"}
        figures = {
            "words": seen.words,
            "listings": len(seen.visible_listings),
            "lines": max(seen.visible_listings, default=0),
        }
        for what, limit in raised.items():
            assert BUDGETS["limits"][what] < figures[what] <= limit, (name, what, figures[what])
