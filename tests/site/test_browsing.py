"""Reading the site in a browser: nothing from elsewhere, nothing broken, nothing cut off."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.slow

ASYNC = "/chapter1/python/start_and_await/"
ACID = "/chapter1/databases/acid/"


def paths(built: Path) -> list[str]:
    """The paths of all pages, as a browser asks for them."""
    pages = (path.relative_to(built).as_posix() for path in sorted(built.glob("**/*.html")))
    return ["/" + page.removesuffix("index.html") for page in pages]


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


@pytest.mark.timeout(240)
def test_no_page_asks_another_host_or_complains(page: Page, address: str, built: Path) -> None:
    requests, complaints = listen(page)
    for path in paths(built):
        page.goto(address + path, wait_until="networkidle")
    assert len(paths(built)) > 4
    assert [url for url in requests if not url.startswith((address + "/", "data:", "blob:"))] == []
    assert complaints == []


def test_search_finds_a_heading_and_asks_no_other_host(page: Page, address: str) -> None:
    requests, complaints = listen(page)
    page.goto(address)
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
        assert html.index('<meta http-equiv="Content-Security-Policy"') < html.index("<script"), (
            path
        )


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_a_phone(browser: Browser, address: str, built: Path, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    for path in paths(built):
        page.goto(address + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width == 390, path
    expect(page.locator("body")).to_have_attribute(
        "data-md-color-scheme", "slate" if scheme == "dark" else "default"
    )
    context.close()


def test_pages_read_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + ACID)
    figure = page.locator('figure[data-section="race"]')
    expect(figure.get_by_text("#> -60")).to_be_visible()
    expect(figure.locator(".listing-note")).to_be_visible()
    context.close()
