"""What axe cannot see, and what is done so that it finds nothing."""

import pytest
from playwright.sync_api import Page

from listings.naming import named

pytestmark = pytest.mark.slow


# Nothing is fetched because a Run button has the focus: that takes longer than the walk.
THRIFTY = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
HERE = """() => {
  const stop = document.activeElement;
  if (stop === document.body) return null;
  stop.dataset.stop ??= `${document.querySelectorAll("[data-stop]").length}`;
  return `${stop.dataset.stop}: ${stop.outerHTML.slice(0, 100)}`;
}"""


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/chapter1/databases/isolation/",
        "/chapter1/python/start_and_await/",
        "/chapter1/service/the_cache/",
    ],
)
def test_the_keyboard_goes_through_a_page_and_comes_out(
    page: Page, address: str, path: str
) -> None:
    page.add_init_script(THRIFTY)
    page.goto(address + path)
    passed: list[str] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(HERE)
        if stop is None or stop in passed[:3]:
            break  # out of the page, or at its beginning again
        assert stop not in passed, f"the keyboard is back at {stop}"
        passed.append(stop)
    else:
        pytest.fail("the keyboard never leaves the page")
    assert any("md-search__input" in stop for stop in passed)
    assert any("md-footer" in stop for stop in passed), "the page's end was not reached"


def test_a_link_in_a_sentence_is_underlined(page: Page, address: str) -> None:
    page.goto(address + "/chapter1/databases/acid/")
    link = page.locator("article p a:not(.headerlink)").first
    assert "underline" in link.evaluate("link => getComputedStyle(link).textDecorationLine")


def test_landmarks_of_one_name_are_numbered_and_corners_are_no_headers() -> None:
    html = '<nav class="a" aria-label="x"></nav><nav class="b" aria-label=" x "></nav><th></th>'
    assert named(html) == (
        '<nav class="a" aria-label="x"></nav><nav class="b" aria-label="x (2)"></nav><td></td>'
    )
