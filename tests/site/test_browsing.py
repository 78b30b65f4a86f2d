"""Reading the site in a browser: nothing from elsewhere, nothing broken, nothing cut off."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.slow

ASYNC = "/chapter1/python/start_and_await/"
ACID = "/chapter1/databases/acid/"


def listen(page: Page) -> tuple[list[str], list[str]]:
    """Collect the addresses a page asks for, and what its console complains about."""
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    return requests, complaints


def test_search_finds_a_heading_and_asks_no_other_host(page: Page, address: str) -> None:
    requests, complaints = listen(page)
    page.goto(address, wait_until="networkidle")
    assert not [url for url in requests if "search_index" in url]  # nobody searches yet
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("atomicity")
    result = page.locator(".md-search-result__link", has_text="Atomicity: all of it").first
    expect(result).to_be_visible()
    result.click()
    expect(page).to_have_url(f"{address}{ACID}?h=atomicity#atomicity-all-of-it-or-none-of-it")
    assert [url for url in requests if not url.startswith((address + "/", "data:", "blob:"))] == []
    assert complaints == []


def test_the_policy_stands_on_every_page(built: Path) -> None:
    for path in built.glob("**/*.html"):
        html = path.read_text("utf-8")
        before_scripts, _, _ = html.partition("<script")
        assert '<meta http-equiv="Content-Security-Policy"' in before_scripts, path


def test_no_page_asks_for_what_the_policy_refuses(built: Path) -> None:
    """The policy lets no page be fetched ahead, and browsers report what it refuses."""
    ahead = re.compile(r"<link[^>]+rel=[\"']?(next|prefetch|prerender)\b")
    assert [path for path in built.glob("**/*.html") if ahead.search(path.read_text("utf-8"))] == []


def test_the_policy_keeps_a_page_from_asking_elsewhere(
    page: Page, address: str, elsewhere: tuple[str, list[str]]
) -> None:
    other, asked = elsewhere
    page.goto(address)
    refused = page.evaluate(
        """async (other) => {
            const script = document.createElement("script");
            script.src = other + "/x.js";
            const image = new Image();
            image.src = other + "/x.png";
            const stops = [script, image].map((e) => new Promise((stop) => { e.onerror = stop; }));
            document.body.append(script, image);
            const fetched = await fetch(other + "/x.json").then(() => "sent", () => "refused");
            await Promise.all(stops);
            return fetched;
        }""",
        other,
    )
    assert refused == "refused"
    assert asked == []


def test_a_listing_says_what_it_is(page: Page, address: str) -> None:
    page.goto(address + ACID)
    figure = page.locator("figure.listing").first
    for name, value in {
        "class": "listing highlight",
        "data-module": "chapter1.databases.transfer",
        "data-section": "halfway",
        "data-language": "python",
        "data-runs": "tab",
    }.items():
        expect(figure).to_have_attribute(name, value)


def test_a_recorded_listing_gives_its_reason(page: Page, address: str) -> None:
    page.goto(address + ACID)
    figure = page.locator('figure[data-runs="recorded"]').first
    reason = figure.get_attribute("data-why")
    assert reason
    expect(figure.locator(".listing-note")).to_have_text(f"Recorded: {reason}.")


def test_annotations_tabs_and_copy_buttons_work_in_figures(page: Page, address: str) -> None:
    page.goto(address + ASYNC)
    python = page.locator('figure[data-section="in_turn"]')
    expect(python).to_be_hidden()
    page.get_by_text("The same in Python").click()
    expect(python).to_be_visible()
    python.locator(".md-annotation").first.click()
    expect(page.locator(".md-tooltip--active")).to_contain_text("stands in for the network")
    python.hover()
    python.get_by_role("button", name="Copy to clipboard").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("events: list[str] = []")
    assert "Recorded" not in copied


@pytest.mark.parametrize(("scheme", "name"), [("light", "default"), ("dark", "slate")])
def test_the_scheme_is_the_readers(browser: Browser, address: str, scheme: str, name: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(address + ACID)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", name)
    context.close()


def test_pages_read_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + ACID)
    figure = page.locator('figure[data-section="race"]')
    expect(figure.get_by_text("#> -60")).to_be_visible()
    expect(figure.locator(".listing-note")).to_be_visible()
    context.close()
