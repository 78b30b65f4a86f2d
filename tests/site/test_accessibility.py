"""axe-core finds nothing on any page, and the focus can be seen."""

from pathlib import Path

import pytest
from accessibility import violations
from playwright.sync_api import Browser, Page

from listings.naming import named

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
WIDTHS = {"light": 390, "dark": 1280}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, address: str, built: Path, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": WIDTHS[scheme], "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    found = []
    for path in sorted(built.glob("**/*.html")):
        name = path.relative_to(built).as_posix()
        if name.startswith("assets/"):
            continue  # the playground's frame, which is no page
        page.goto(f"{address}/{name}", wait_until="load")
        found += [f"{name}: {fault}" for fault in violations(page)]
    context.close()
    assert found == []


def test_a_link_in_a_sentence_is_underlined(page: Page, address: str) -> None:
    page.goto(address + "/chapter1/databases/acid/")
    link = page.locator("article p a:not(.headerlink)").first
    assert "underline" in link.evaluate("link => getComputedStyle(link).textDecorationLine")


def test_landmarks_of_one_name_are_numbered_and_corners_are_no_headers() -> None:
    html = '<nav class="a" aria-label="x"></nav><nav class="b" aria-label=" x "></nav><th></th>'
    assert named(html) == (
        '<nav class="a" aria-label="x"></nav><nav class="b" aria-label="x (2)"></nav><td></td>'
    )
