"""What a reader is given along: the glossary's words, the reading time, a mark for each page."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect
from test_budgets import PAGES

pytestmark = pytest.mark.slow
CACHE = "/chapter1/service/the_cache/"
ACID = "/chapter1/databases/acid/"
MARK = "Mark this page as read"


def test_every_page_says_how_long_it_takes_and_the_start_says_it_of_all(built: Path) -> None:
    found = [minutes(built / "chapter1" / name) for name in PAGES]
    start = (built / "index.html").read_text("utf-8")
    assert f"some twenty pages of {min(found)} to {max(found)} minutes each" in start


@pytest.mark.parametrize(
    "section", ["prologue", "python", "networking", "processes", "databases", "service"]
)
def test_the_start_says_how_long_a_section_takes(built: Path, section: str) -> None:
    pages = sorted((built / "chapter1" / section).rglob("index.html"))
    start = BeautifulSoup((built / "index.html").read_bytes(), "html.parser")
    (row,) = {
        row for row in start.select("tr") if row.select_one(f'a[href^="chapter1/{section}/"]')
    }
    assert row.select("td")[1].get_text() == str(sum(minutes(page.parent) for page in pages))


def minutes(page: Path) -> int:
    """Return the reading time that a page states."""
    html = (page / "index.html").read_text("utf-8")
    (stated,) = re.findall(r'<p class="reading-time">About (\d+) minutes</p>', html)
    return int(stated)


@pytest.mark.parametrize("touch", [False, True])
def test_a_words_meaning_comes_by_keyboard_and_by_touch(
    browser: Browser, address: str, *, touch: bool
) -> None:
    context = browser.new_context(has_touch=touch, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address + CACHE)
    word = page.locator("article abbr").first
    meaning = word.get_attribute("title") or ""
    assert len(meaning) > 20
    word.tap() if touch else word.focus()
    expect(page.locator(".md-tooltip2--active")).to_have_text(meaning)
    context.close()


def test_a_page_is_marked_and_the_mark_is_kept_here(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address + ACID)
    ticked = page.locator(".md-nav--primary .read-mark")
    expect(page.get_by_role("button", name=MARK)).to_be_visible()
    expect(page.get_by_role("button", name="Forget all marks")).to_be_hidden()
    page.get_by_role("button", name=MARK).click()
    expect(ticked).to_have_count(1)
    page.goto(address + CACHE)
    expect(page.get_by_role("button", name=MARK)).to_be_visible()
    marked = page.locator(".md-nav--primary a", has=page.locator(".read-mark"))
    expect(marked).to_have_attribute("href", re.compile("databases/acid/$"))
    page.get_by_role("button", name="Forget all marks").click()
    expect(ticked).to_have_count(0)
    page.reload()
    expect(page.get_by_role("button", name=MARK)).to_be_visible()
    expect(ticked).to_have_count(0)
    assert page.evaluate("localStorage.getItem('book:read')") is None


def test_a_mark_is_taken_away_again(page: Page, address: str) -> None:
    page.goto(address + ACID)
    page.get_by_role("button", name=MARK).click()
    page.get_by_role("button", name="Read. Take the mark away").click()
    expect(page.get_by_role("button", name=MARK)).to_be_visible()
    assert page.evaluate("localStorage.getItem('book:read')") is None


@pytest.mark.parametrize("kept", ["{", '{"a": 1}', "null"])
def test_what_is_no_list_of_pages_is_forgotten(page: Page, address: str, kept: str) -> None:
    page.add_init_script(f"localStorage.getItem = () => {kept!r}")
    page.goto(address + ACID)
    expect(page.get_by_role("button", name=MARK)).to_be_visible()


def test_where_nothing_can_be_kept_nothing_is_offered(page: Page, address: str) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
    )
    page.goto(address + ACID)
    expect(page.locator(".check form").first).to_be_visible()  # the scripts have run
    expect(page.get_by_role("button", name=MARK)).to_have_count(0)
