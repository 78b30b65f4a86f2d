"""What axe cannot see, and what is done so that it finds nothing."""

import pytest
from playwright.sync_api import Page

from listings.naming import named

pytestmark = pytest.mark.slow


def test_a_link_in_a_sentence_is_underlined(page: Page, address: str) -> None:
    page.goto(address + "/chapter1/databases/acid/")
    link = page.locator("article p a:not(.headerlink)").first
    assert "underline" in link.evaluate("link => getComputedStyle(link).textDecorationLine")


def test_landmarks_of_one_name_are_numbered_and_corners_are_no_headers() -> None:
    html = '<nav class="a" aria-label="x"></nav><nav class="b" aria-label=" x "></nav><th></th>'
    assert named(html) == (
        '<nav class="a" aria-label="x"></nav><nav class="b" aria-label="x (2)"></nav><td></td>'
    )
