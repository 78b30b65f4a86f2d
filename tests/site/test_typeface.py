"""The typeface: it has every character of the pages, is used, and moves nothing when it is late."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, Page, Route
from visits import PHONE, WATCH

from typeface.fonts import FONTS

pytestmark = pytest.mark.slow
ACID = "/chapter1/databases/acid/"
CODE = "pre, code, kbd, .mono"
USED = "[...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family)"


def shown(built: Path) -> tuple[set[str], set[str]]:
    """The characters of all text, and those of all code, that the pages show."""
    text: set[str] = set()
    code: set[str] = set()
    for path in built.glob("**/*.html"):
        page = BeautifulSoup(path.read_bytes(), "html.parser")
        for hidden in page(["script", "style"]):
            hidden.decompose()
        for piece in page.select(CODE):
            code |= set(piece.get_text())
            piece.clear()
        text |= set(page.get_text())
    return text - set("\n\t"), code - set("\n\t")


def test_the_fonts_have_every_character_of_the_pages(built: Path) -> None:
    text, code = shown(built)
    for font in FONTS:
        characters = set(map(chr, TTFont(built / f"assets/fonts/{font.name}.woff2").getBestCmap()))
        missing = (code if font.name == "book-code" else text) - characters
        assert missing == set(), f"add them to src/typeface/fonts.py, {font.name}"


def test_a_page_is_set_in_the_family_and_loads_italics_when_it_has_any(
    page: Page, address: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(address + "/about/licences/", wait_until="networkidle")
    assert "book-sans-italic.woff2" not in asked
    page.goto(address + "/chapter1/databases/isolation/", wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    assert set(page.evaluate(USED)) == {"Book Sans", "Book Code"}
    assert "book-sans-italic.woff2" in asked


def test_a_font_that_comes_late_moves_nothing(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    context.add_init_script(WATCH)
    page = context.new_page()
    late: list[Route] = []
    page.route("**/*.woff2", lambda route: late.append(route))  # noqa: PLW0108 (it marks what it calls)
    page.goto(address + ACID, wait_until="commit")
    page.wait_for_timeout(1000)  # the time in which a browser decides: css-fonts-4, 4.9
    height = page.evaluate("document.body.scrollHeight")
    for route in late:
        route.continue_()
    page.wait_for_load_state("networkidle")
    assert len(late) >= 2
    assert page.evaluate("document.body.scrollHeight") == height
    assert sum(float(move.split()[0]) for move in page.evaluate("moved")) < 0.01
    context.close()
