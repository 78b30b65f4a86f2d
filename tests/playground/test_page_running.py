"""A listing on its page: run, compare, stop, replay; and nothing of it before it is wanted."""

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

TOUR = "/chapter1/python/for_javascript_readers/"
ACID = "/chapter1/databases/acid/"
SQL = "/chapter1/databases/sql/"
REDIS = "/chapter1/databases/redis/"
STARTED = 90_000  # milliseconds: a first run on a slow machine


def listing(page: Page, section: str) -> Locator:
    return page.locator(f'figure.listing[data-section="{section}"]')


def run(figure: Locator, state: str) -> None:
    """Press Run, and wait for its output to reach `state`."""
    figure.locator(".listing-run").click()
    expect(output(figure)).to_have_attribute("data-state", state, timeout=STARTED)


def output(figure: Locator) -> Locator:
    return figure.locator(".listing-output")


def said(figure: Locator) -> Locator:
    return figure.locator(".listing-said")


def write(figure: Locator, text: str) -> None:
    """Replace the listing's code, in the editor."""
    if figure.locator(".cm-content").count() == 0:
        figure.get_by_role("button", name="Edit").click()
    editor = figure.locator(".cm-content")
    expect(editor).to_be_focused()
    editor.press("Control+a")
    figure.page.keyboard.insert_text(text)


def fetched(page: Page) -> list[str]:
    """Note the playground's files that the page asks for from now on."""
    found: list[str] = []
    page.on(
        "request",
        lambda request: (
            found.append(request.url.rpartition("/assets/playground/")[2])
            if "/assets/playground/" in request.url
            else None
        ),
    )
    return found


def test_a_page_that_is_only_read_fetches_the_loader_and_nothing_else(
    page: Page, address: str
) -> None:
    asked = fetched(page)
    page.goto(address + TOUR, wait_until="networkidle")
    for figure in page.locator("figure.listing:visible").all():
        figure.scroll_into_view_if_needed()
        figure.locator("pre").hover()
    page.wait_for_load_state("networkidle")
    assert asked == ["loader.js"]


def test_search_finds_nothing_of_what_the_playground_carries(built: Path) -> None:
    index = (built / "search" / "search_index.json").read_text("utf-8")
    assert "chapter1/python/with_block.py" not in index


def test_the_loader_is_small(page: Page, address: str) -> None:
    with page.expect_response("**/assets/playground/loader.js") as loaded:
        page.goto(address + TOUR)
    assert len(loaded.value.body()) < 4096


@pytest.mark.parametrize("how", ["hover", "focus"])
def test_intent_prepares_and_runs_nothing(page: Page, address: str, how: str) -> None:
    asked = fetched(page)
    page.goto(address + TOUR, wait_until="networkidle")
    button = listing(page, "with").locator(".listing-run")
    with page.expect_request(re.compile(r"/assets/playground/main")):
        button.hover() if how == "hover" else button.focus()
    assert len(asked) > 1
    expect(output(listing(page, "with"))).to_be_hidden()


def test_run_prints_below_and_says_that_it_is_the_same(page: Page, address: str) -> None:
    page.goto(address + TOUR)
    figure = listing(page, "with")
    expect(output(figure)).to_have_count(0)
    run(figure, "same")
    expect(output(figure)).to_have_text("open, use a connection, close, catch")
    expect(said(figure)).to_have_text(re.compile(r"^Same as in the book · \d+\.\d\d s$"))
    expect(figure.locator(".listing-stop")).to_be_hidden()


def test_the_badge_says_what_it_was_verified_on(page: Page, address: str) -> None:
    page.goto(address + ACID)
    badge = listing(page, "halfway").locator(".listing-badge")
    expect(badge.locator("summary")).to_have_text(
        re.compile(r"^Verified on CPython 3\.\d+\.\d+, PostgreSQL 18\.\d+ · runs in this tab$")
    )
    expect(badge.locator("p")).to_be_hidden()
    badge.locator("summary").click()
    badge.get_by_role("link", name="How the book is verified").click()
    expect(page).to_have_url(address + "/about/verified/")


def test_another_output_is_compared_line_by_line(page: Page, address: str) -> None:
    page.goto(address + TOUR)
    figure = listing(page, "with")
    write(figure, 'print("mine")\nasync def main() -> None: ...')
    run(figure, "different")
    expect(said(figure)).to_have_text(re.compile("^Differs from the book, with your edits"))
    figure.get_by_text("Compare with the book").click()
    rows = figure.locator(".listing-compared tr")
    expect(rows).to_have_text(
        ["You gotmine", "The book hasopen, use a connection, close, catch"],
    )


def test_an_edit_that_changes_no_output_is_not_called_the_book(page: Page, address: str) -> None:
    page.goto(address + TOUR)
    figure = listing(page, "with")
    figure.get_by_role("button", name="Edit").click()
    expect(figure.locator(".cm-content")).to_be_focused()
    page.keyboard.type("# mine\n")
    run(figure, "same")
    expect(said(figure)).to_have_text(re.compile("^Same output as in the book, with your edits · "))


def test_an_error_shows_the_readers_line_and_what_it_means(page: Page, address: str) -> None:
    page.goto(address + TOUR)
    figure = listing(page, "with")
    write(figure, "async def main() -> None:\n    total = 1\n    raise_me(total)")
    run(figure, "error")
    error = figure.locator(".listing-error")
    expect(error).to_contain_text("NameError: name 'raise_me' is not defined")
    expect(error).to_contain_text("This name has no value at this point")
    expect(error.locator("li").last).to_have_text("Line 3 raise_me(total)")
    expect(said(figure)).to_have_text(re.compile("^Ended with an error"))
    figure.get_by_role("button", name="Line 3").click()
    expect(figure.locator(".cm-content")).to_be_focused()
    page.keyboard.type("# ")
    expect(figure.locator(".cm-line").nth(2)).to_have_text("#     raise_me(total)")


def test_stop_ends_an_endless_loop_and_the_next_run_is_a_fresh_one(
    page: Page, address: str
) -> None:
    page.goto(address + TOUR)
    figure = listing(page, "with")
    write(figure, 'while True:\n    print("tick")')
    figure.locator(".listing-run").click()
    expect(output(figure)).to_contain_text("tick", timeout=STARTED)
    figure.get_by_role("button", name="Stop").click()
    expect(output(figure)).to_have_attribute("data-state", "stopped", timeout=2000)
    expect(said(figure)).to_have_text("Stopped")
    figure.get_by_role("button", name="Reset").click()
    run(figure, "same")


def test_an_output_without_an_end_is_cut_and_the_run_goes_on(page: Page, address: str) -> None:
    page.goto(address + TOUR)
    figure = listing(page, "with")
    write(figure, 'for number in range(5000):  # flood\n    print(f"line {number}")')
    figure.locator(".listing-run").click()
    expect(figure.locator(".listing-cut")).to_be_visible(timeout=STARTED)
    expect(output(figure)).to_contain_text("line 1999")
    expect(output(figure)).not_to_contain_text("line 2000")


def test_a_second_listing_waits_and_can_leave_the_queue(page: Page, address: str) -> None:
    page.goto(address + TOUR)
    first, second, third = (listing(page, name) for name in ("with", "shapes", "registry"))
    write(first, 'while True:\n    print("tick")')
    first.locator(".listing-run").click()
    expect(output(first)).to_contain_text("tick", timeout=STARTED)
    for waiting in (second, third):
        waiting.locator(".listing-run").click()
        expect(said(waiting)).to_have_text("Waits until the listing before it has ended.")
    second.locator(".listing-stop").click()
    expect(output(second)).to_have_attribute("data-state", "stopped")
    first.locator(".listing-stop").click()
    expect(output(third)).to_have_attribute("data-state", "same", timeout=STARTED)
    expect(output(second)).to_have_attribute("data-state", "stopped")


def test_loading_shows_its_progress_and_can_be_cancelled(page: Page, address: str) -> None:
    page.route("**/assets/playground/*.wasm.gz", lambda _: None)  # it never comes
    page.goto(address + TOUR)
    figure = listing(page, "with")
    figure.locator(".listing-run").click()
    expect(figure.locator(".listing-status")).to_have_text(
        re.compile(r"^Downloading \d+\.\d of \d+\.\d MB$"), timeout=STARTED
    )
    figure.get_by_role("button", name="Cancel").click()
    expect(output(figure)).to_have_attribute("data-state", "stopped", timeout=2000)
    expect(said(figure)).to_have_text("Cancelled")
    page.unroute_all()  # lets go what was held
    run(figure, "same")


def test_an_error_in_sql_is_explained(page: Page, address: str) -> None:
    page.goto(address + SQL)
    figure = listing(page, "ordered")
    write(figure, "SELECT name FROM nobody;")
    run(figure, "different")
    expect(output(figure)).to_contain_text('ERROR:  relation "nobody" does not exist')
    expect(figure.locator(".listing-meaning")).to_contain_text("knows no table of this name")


def test_javascript_runs_too(page: Page, address: str) -> None:
    page.goto(address + TOUR)
    figure = page.locator('figure[data-language="javascript"]').first
    run(figure, "same")
    write(figure, "const x = 1;\nnope(x);")
    run(figure, "error")
    expect(figure.locator(".listing-error")).to_contain_text("ReferenceError: nope is not defined")


def test_a_recorded_listing_is_replayed_and_says_so(page: Page, address: str) -> None:
    page.goto(address + ACID)
    figure = listing(page, "race")
    run(figure, "recorded")
    expect(output(figure)).to_contain_text("['paid', 'paid']")
    expect(said(figure)).to_have_text(
        re.compile(
            r"^Recorded by CI on CPython 3\.\S+, PostgreSQL 18\.\d+, not run here: it holds two"
        )
    )
    expect(figure.get_by_role("button", name="Edit")).to_have_count(0)


def paused(page: Page, address: str) -> Locator:
    """A recorded listing on a page whose clock stands still."""
    page.clock.install()
    page.goto(address + ACID)
    page.clock.pause_at("2100-01-01")
    return listing(page, "race")


def test_a_replay_takes_its_time_and_can_be_stopped(page: Page, address: str) -> None:
    figure = paused(page, address)
    figure.locator(".listing-run").click()
    expect(said(figure)).to_have_text("Replaying what CI recorded")
    expect(output(figure)).to_have_attribute("data-state", "running")
    expect(output(figure)).to_be_empty()
    figure.get_by_role("button", name="Stop").click()
    expect(output(figure)).to_have_attribute("data-state", "stopped")
    expect(output(figure)).to_be_empty()


def test_a_replay_without_motion_is_there_at_once(browser: Browser, address: str) -> None:
    with browser.new_context(reduced_motion="reduce") as context:
        run(paused(context.new_page(), address), "recorded")


def test_a_browser_that_cannot_run_it_shows_the_record(page: Page, address: str) -> None:
    page.add_init_script("delete WebAssembly.Tag")
    page.goto(address + TOUR)
    figure = listing(page, "with")
    run(figure, "recorded")
    expect(output(figure)).to_have_text("open, use a connection, close, catch")
    expect(said(figure)).to_contain_text("This browser")
    expect(said(figure)).to_contain_text(re.compile(r"Recorded on CPython 3\.\d+"))
    expect(figure.locator(".listing-run")).not_to_have_attribute("aria-disabled", "true")


NO_ROOM = {
    "python": 'WebAssembly.Memory.prototype.grow = () => { throw new RangeError("No room"); };\n',
    "postgres": 'WebAssembly.compile = async () => { throw new RangeError("No room"); };\n',
}


@pytest.mark.parametrize(("worker", "title"), [("python", "Python"), ("postgres", "PostgreSQL")])
def test_a_browser_without_enough_memory_shows_the_record(
    page: Page, address: str, worker: str, title: str
) -> None:
    def without_room(route: Route) -> None:
        program = gzip.decompress(route.fetch().body())
        route.fulfill(body=gzip.compress(NO_ROOM[worker].encode() + program))

    page.route(re.compile(rf"/{worker}-\w+\.js\.gz$"), without_room)
    page.goto(address + ACID)
    figure = listing(page, "transaction")
    run(figure, "recorded")
    expect(said(figure)).to_contain_text(
        f"This browser could not start {title} (RangeError: No room)"
    )
    page.unroute_all()
    page.reload()
    run(figure, "same")


def test_a_playground_that_does_not_load_says_so(page: Page, address: str) -> None:
    page.route("**/assets/playground/main-*", lambda route: route.abort())
    page.goto(address + TOUR)
    figure = listing(page, "with")
    figure.locator(".listing-run").click()
    expect(said(figure)).to_have_text(
        "The playground did not load. Check the network, then reload the page."
    )
    page.unroute_all()
    page.reload()
    run(figure, "same")


def test_the_consoles_see_what_the_listing_left(page: Page, address: str) -> None:
    page.goto(address + ACID)
    figure = listing(page, "transaction")
    run(figure, "same")
    figure.get_by_role("button", name="SQL console").click()
    prompt = figure.get_by_label("SQL console: type a command")
    expect(prompt).to_be_focused()
    log = figure.get_by_role("log", name="SQL console: output")
    page.keyboard.type("\\d\n")
    expect(log).to_contain_text("accounts")
    page.keyboard.type("SELECT owner\n")
    expect(figure.locator(".listing-prompt")).to_have_text("->")
    page.keyboard.type("FROM accounts ORDER BY owner;\n")
    expect(log).to_contain_text("(2 rows)")
    expect(figure.locator(".listing-prompt")).to_have_text("=>")
    prompt.press("ArrowUp")
    prompt.press("ArrowUp")
    expect(prompt).to_have_value("SELECT owner")
    figure.get_by_role("button", name="Reset data").click()
    expect(figure.locator(".listing-remark")).to_have_text("All tables and keys are gone.")
    prompt.fill("\\d")
    prompt.press("Enter")
    expect(log).to_contain_text("Did not find any relations.")


def test_the_redis_console_sees_the_keys(page: Page, address: str) -> None:
    page.goto(address + REDIS)
    figure = listing(page, "one_name")
    run(figure, "same")
    figure.get_by_role("button", name="Redis console").click()
    page.keyboard.type("PING\n")
    expect(figure.get_by_role("log", name="Redis console: output")).to_contain_text("PONG")


def test_kept_data_is_there_for_the_next_run(page: Page, address: str) -> None:
    page.goto(address + ACID)
    figure = listing(page, "transaction")
    run(figure, "same")
    figure.get_by_label("Keep data between runs").check()
    run(figure, "error")  # CREATE TABLE finds its table
    figure.get_by_label("Keep data between runs").uncheck()
    run(figure, "same")


def test_listings_without_data_offer_no_console(page: Page, address: str) -> None:
    page.goto(address + TOUR)
    figure = listing(page, "with")
    run(figure, "same")
    expect(figure.get_by_role("button", name=re.compile("console|data"))).to_have_count(0)
