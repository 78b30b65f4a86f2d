"""After a first run the site keeps what it fetched, and works without a network."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

TOUR = "/chapter1/python/for_javascript_readers/"
REMARK = "From now on this page works offline, runs included."
STARTED = 90_000


def run(page: Page) -> None:
    figure = page.locator('figure.listing[data-section="with"]')
    figure.locator(".listing-run").click()
    output = figure.locator(".listing-output")
    expect(output).to_have_attribute("data-state", "same", timeout=STARTED)


def test_a_page_that_is_only_read_registers_nothing(page: Page, address: str) -> None:
    page.goto(address + TOUR, wait_until="networkidle")
    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    )
    assert page.evaluate("caches.keys()") == []


def test_after_a_run_the_page_works_offline_and_says_so_once(
    browser: Browser, address: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address + TOUR)
        run(page)
        remark = page.locator('figure[data-section="with"] .listing-remark')
        expect(remark).to_have_text(REMARK, timeout=30_000)
        if browser.browser_type.name == "chromium":  # what it works from is not the HTTP cache
            context.new_cdp_session(page).send("Network.clearBrowserCache")
        context.set_offline(True)
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        run(page)
        expect(remark).to_be_empty()


def test_the_cache_holds_this_sites_files_only_and_old_ones_go(page: Page, address: str) -> None:
    page.goto(address + TOUR)
    page.evaluate("caches.open('book-older').then(() => caches.open('somebody-elses'))")
    run(page)
    page.wait_for_function("caches.keys().then((names) => !names.includes('book-older'))")
    names = page.evaluate("caches.keys()")
    assert sorted(re.sub("-.*", "", name) for name in names) == ["book", "somebody"]
    ours = next(name for name in names if name.startswith("book-"))
    urls = page.evaluate(
        "name => caches.open(name).then((cache) => cache.keys())"
        ".then((all) => all.map(({ url }) => url))",
        ours,
    )
    assert all(url.startswith(address) for url in urls)


def test_after_the_first_run_later_pages_prepare_in_idle_time(page: Page, address: str) -> None:
    page.goto(address + TOUR)
    run(page)
    with page.expect_request(re.compile("/assets/playground/main")):
        page.goto(address + "/chapter1/databases/acid/")
    expect(page.locator(".listing-output:visible")).to_have_count(0)


def test_a_reader_who_saves_data_is_asked_first(page: Page, address: str) -> None:
    page.add_init_script(
        "localStorage.setItem('playground:has-run', 'yes');"
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });"
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + TOUR, wait_until="networkidle")
    page.locator('figure.listing[data-section="with"] .listing-run').hover()
    page.locator('figure.listing[data-section="with"] .listing-run').focus()
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if re.search("/assets/playground/(?!loader)", url)]
    run(page)
