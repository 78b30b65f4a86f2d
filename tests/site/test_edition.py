"""The book on one page: everything that the pages show, whose links lead somewhere, on paper."""

import re
from pathlib import Path
from typing import Any

import pytest
from accessibility import violations
from article import Article
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Page, expect

from reading import edition

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def book(built: Path) -> BeautifulSoup:
    return BeautifulSoup((built / edition.NAME).read_bytes(), "html.parser")


def code(part: Tag) -> list[tuple[str, str]]:
    """Module and text of each listing below an element."""
    return [
        (str(figure["data-module"]), figure.pre.get_text() if figure.pre else "")
        for figure in part.select("figure.listing")
    ]


def test_it_shows_each_listing_of_each_page_in_order(
    book: BeautifulSoup, built: Path, root: Path
) -> None:
    pages = [
        page.relative_to(root / "docs").with_suffix("")
        for part in ("chapter1", "running")
        for page in (root / "docs" / part).rglob("*.md")
    ]
    sections = {str(section["id"]): section for section in book.find_all("section")}
    assert len(sections) == len(pages) > 25
    for page in pages:
        place = page.as_posix().removesuffix("/index")
        section = sections[place.replace("/", "-")]
        (article,) = Article.read(built, place).parts
        assert code(section) == code(article)
        for kind in (".check", "table", "details", "svg", ".tabbed-block"):
            assert len(section.select(kind)) == len(article.select(kind)), (page, kind)
        assert section.select("details:not([open]), script, input, [data-figure]") == []


def test_every_id_is_one_and_every_link_within_leads_somewhere(
    book: BeautifulSoup, built: Path
) -> None:
    ids = [str(tag["id"]) for tag in book.select("[id]")]
    assert len(ids) == len(set(ids)) > 250
    named = {
        *(str(link["href"])[1:] for link in book.select('a[href^="#"]')),
        *re.findall(r"url\(#([^)]+)\)", str(book)),
        *(str(tag["aria-labelledby"]).split()[0] for tag in book.select("[aria-labelledby]")),
    }
    assert named - set(ids) == set()
    assert len(book.select('a[href^="#chapter1"]')) > 200
    elsewhere = {str(link["href"]) for link in book.select("a[href]")}
    here = {link for link in elsewhere if not re.match("#|[a-z]+:", link)}
    assert all((built / link / "index.html").is_file() for link in here), here


def test_the_start_leads_to_it(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="the whole book on one page").click()
    expect(page).to_have_url(f"{address}/{edition.NAME}")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_it_needs_no_script_and_prints(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{edition.NAME}")
    page.emulate_media(media="print")
    section = page.locator("#chapter1-prologue")
    expect(section.get_by_text("#> ['ada', 'ada']")).to_be_visible()
    expect(section.get_by_text("the answer was only slow")).to_be_visible()
    tabs = page.locator("#chapter1-python-start_and_await .tabbed-block")
    expect(tabs.first).to_be_visible()
    expect(tabs.nth(1)).to_be_visible()
    pages = len(re.findall(rb"/Type */Page\b", page.pdf(format="A4")))
    assert pages > page.locator("article > section").count()
    context.close()


def test_on_a_screen_the_notes_of_listings_stand_below_them(page: Page, address: str) -> None:
    page.goto(f"{address}/{edition.NAME}")
    notes = page.locator("figure.listing + ol")
    assert notes.count() > 20
    expect(notes.first).to_be_visible()
    expect(notes.last).to_be_visible()


SLATE = {"color": {"media": "(prefers-color-scheme: dark)", "scheme": "slate"}}
DEFAULT = {"color": {"media": "(prefers-color-scheme: light)", "scheme": "default"}}
SYSTEM = {"color": {"media": "(prefers-color-scheme)", "scheme": "default"}}


@pytest.mark.parametrize(
    ("system", "kept", "scheme"),
    [
        ("dark", None, "slate"),
        ("light", None, "default"),
        ("dark", DEFAULT, "default"),
        ("light", SLATE, "slate"),
        ("dark", SYSTEM, "slate"),
        ("dark", {}, "slate"),
    ],
)
def test_it_is_dark_as_the_site_is_and_light_on_paper(
    browser: Browser, address: str, system: Any, kept: object, scheme: str
) -> None:
    context = browser.new_context(color_scheme=system)
    page = context.new_page()
    page.goto(f"{address}/llms.txt")
    if kept is not None:
        page.evaluate("kept => localStorage.setItem('/.__palette', JSON.stringify(kept))", kept)
    page.goto(f"{address}/{edition.NAME}")
    ground = "getComputedStyle(document.body).backgroundColor"
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
    assert (page.evaluate(ground) == "rgb(255, 255, 255)") == (scheme == "default")
    page.emulate_media(media="print")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    context.close()


@pytest.mark.parametrize(
    ("scheme", "media"), [("light", "screen"), ("dark", "screen"), ("dark", "print")]
)
def test_axe_finds_nothing(browser: Browser, address: str, scheme: Any, media: Any) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}/{edition.NAME}")
    page.emulate_media(media=media)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    # What is new here: the contents, opened tabs, tables and checks. All of it would take a minute.
    assert violations(page, "nav, #chapter1-python-start_and_await, #chapter1-databases-sql") == []
    context.close()
