"""Figures to play with: by keyboard, for everybody, without moving the page, and in print."""

import pytest
from accessibility import violations
from playwright.sync_api import Browser, Locator, Page, expect
from test_browsing import listen

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]
ISOLATION, CACHE = "/chapter1/databases/isolation/", "/chapter1/service/the_cache/"
MEASURING, BLOCKING = (
    "/chapter1/networking/measuring_latency/",
    "/chapter1/python/fail_limit_block/",
)
FIGURES = {
    "isolation": (ISOLATION, "orders-figure"),
    "cache": (CACHE, "orders-figure"),
    "percentiles": (MEASURING, "percentiles-figure"),
    "loops": (MEASURING, "loops-figure"),
    "blocking": (BLOCKING, "blocking-figure"),
    "waterfall": ("/chapter1/networking/http/", "waterfall-figure"),
    "plans": ("/chapter1/databases/indexes/", "plans-figure"),
    "ladder": ("/chapter1/networking/latency_budget/", "ladder-figure"),
    "stream": ("/chapter1/networking/tcp_and_udp/", "stream-figure"),
    "crash": ("/chapter1/databases/acid/", "crash-figure"),
    "workers": ("/chapter1/processes/processes_threads_coroutines/", "workers-figure"),
}


def opened(page: Page, address: str, name: str) -> Locator:
    """Go to the figure, and wait until it can be played with."""
    path, element = FIGURES[name]
    page.goto(address + path)
    figure = page.locator(element)
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", "ready")
    return figure


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_figure(
    browser: Browser, address: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    _, complaints = listen(page)
    for name, (_, element) in FIGURES.items():
        figure = opened(page, address, name)
        assert violations(page, element) == []
        for radio in figure.get_by_role("radio").all():
            radio.check(force=True)
            assert violations(page, element) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert complaints == []
    context.close()


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_moves_nothing_when_it_arrives(page: Page, address: str, name: str) -> None:
    path, element = FIGURES[name]
    page.set_viewport_size({"width": 390, "height": 844})
    page.route("**/assets/figures/*.js", lambda route: route.abort())
    page.goto(address + path)
    below = (
        "it => it.nextElementSibling.getBoundingClientRect().top - it.getBoundingClientRect().top"
    )
    before = page.locator(element).evaluate(below)
    page.unroute("**/assets/figures/*.js")
    figure = opened(page, address, name)
    assert abs(figure.evaluate(below) - before) < 1


CUT_OFF = """async () => {
  const figure = document.querySelector("orders-figure");
  const select = figure.querySelector("select");
  const radios = figure.querySelectorAll("input[type=radio]");
  const cut = new Set();
  for (const scenario of select ? [...select.options].map((option) => option.value) : [""]) {
    if (select) { select.value = scenario; select.dispatchEvent(new Event("change")); }
    for (const radio of radios) {
      radio.click();
      await new Promise((done) => setTimeout(done, 100));
      for (const cell of figure.querySelectorAll("td"))
        if (cell.scrollWidth > cell.clientWidth) cut.add(cell.textContent);
    }
  }
  return [...cut];
}"""


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("name", ["isolation", "cache"])
def test_nothing_is_cut_off(page: Page, address: str, name: str, width: int) -> None:
    """320 is a window of 1280 pixels at a zoom of 400 percent (WCAG 2.2, 1.4.10)."""
    page.set_viewport_size({"width": width, "height": 844})
    opened(page, address, name)
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_overdraft_is_shown_first_and_a_higher_level_prevents_it(
    page: Page, address: str
) -> None:
    figure = opened(page, address, "isolation")
    expect(figure.locator(".play-holds")).to_contain_text("ada −60")  # noqa: RUF001
    expect(figure.get_by_role("status")).to_have_text("This order breaks the rule.")
    figure.get_by_role("radio", name="read committed").focus()
    page.keyboard.press("ArrowRight")
    expect(figure.get_by_role("radio", name="repeatable read")).to_be_checked()
    expect(figure.locator(".play-holds")).to_contain_text("ada 20")
    expect(figure.get_by_role("table")).to_contain_text("40001")
    expect(figure.get_by_role("status")).to_contain_text("ran again")


def test_the_keyboard_takes_the_steps_and_keeps_its_place(page: Page, address: str) -> None:
    figure = opened(page, address, "isolation")
    figure.get_by_role("button", name="From the start").focus()
    page.keyboard.press("Enter")
    expect(figure.get_by_role("row")).to_have_count(1)
    phone = figure.get_by_role("button", name="Step: phone")
    phone.focus()
    for fact in ("BEGIN", "100", "UPDATE 1", "COMMIT"):
        page.keyboard.press("Enter")
        expect(figure.get_by_role("status")).to_contain_text(fact)
    expect(phone).to_be_focused()
    expect(phone).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")  # does nothing
    expect(figure.get_by_role("row")).to_have_count(5)
    figure.get_by_role("button", name="One step back").click()
    expect(figure.get_by_role("row")).to_have_count(4)


def test_another_anomaly_loads_its_own_recording_and_nothing_else(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    figure = opened(page, address, "isolation")
    assert [url.rpartition("/")[2] for url in asked if "recordings" in url] == [
        "overdraft-read-committed.json"
    ]
    figure.get_by_role("combobox").select_option("write_skew")
    expect(figure).to_contain_text("two accounts that hold 200 together")
    recordings = [url.rpartition("/")[2] for url in asked if "recordings" in url]
    assert recordings[1:] == ["write_skew-read-committed.json"]


def test_under_the_lease_no_order_lies(page: Page, address: str) -> None:
    figure = opened(page, address, "cache")
    expect(figure.get_by_role("status")).to_have_text("This order breaks the rule.")
    expect(figure).to_contain_text("1 break the rule, 9 keep it")
    figure.get_by_role("radio", name="with a lease").check(force=True)
    expect(figure).to_contain_text("0 break the rule")
    expect(figure.get_by_role("status")).to_have_text("This order keeps the rule.")


def test_more_measurements_move_the_p99(page: Page, address: str) -> None:
    figure = opened(page, address, "percentiles")
    said = figure.get_by_role("status")
    expect(said).to_contain_text("172 ms. Nobody waited that long: the slowest request took 98")
    figure.get_by_role("slider").focus()
    page.keyboard.press("End")
    expect(figure.get_by_role("slider")).to_have_attribute("aria-valuetext", "1000 requests")
    expect(said).to_contain_text("P99 of 1000")


def test_the_stall_is_seen_by_the_open_loop_alone(page: Page, address: str) -> None:
    figure = opened(page, address, "loops")
    said = figure.get_by_role("status")
    expect(said).to_contain_text("Closed loop: 901 requests, P99 5 ms")
    expect(said).to_contain_text("Open loop: 1000 requests, P99 905 ms")
    figure.get_by_role("slider").focus()
    page.keyboard.press("Home")
    expect(said).to_contain_text("Open loop: 1000 requests, P99 5 ms")


def test_a_thread_lets_the_others_go_on_in_both_languages(page: Page, address: str) -> None:
    figure = opened(page, address, "blocking")
    said = figure.get_by_role("status")
    expect(said.get_by_text("nobody else had a turn")).to_have_count(2)
    figure.get_by_role("radio", name="runs in a thread").check(force=True)
    expect(said.get_by_text("nobody else had a turn")).to_have_count(0)


def test_distance_weighs_more_than_bandwidth(page: Page, address: str) -> None:
    figure = opened(page, address, "waterfall")
    said = figure.get_by_role("status")
    expect(said).to_contain_text("HTTP/1.1, one connection: 2610 ms.")
    figure.get_by_role("slider").focus()
    page.keyboard.press("End")
    expect(figure.get_by_role("slider")).to_have_attribute("aria-valuetext", "300 milliseconds")
    expect(said).not_to_contain_text("2610")


def test_the_plan_is_guessed_before_it_is_shown(page: Page, address: str) -> None:
    figure = opened(page, address, "plans")
    said = figure.get_by_role("status")
    expect(said).to_contain_text("PostgreSQL chose to read the whole table, 1,539 pages")
    figure.get_by_role("slider").focus()
    page.keyboard.press("Home")
    expect(said).to_have_text("Which way does PostgreSQL choose? Guess first.")
    figure.get_by_role("button", name="It reads the whole table").click()
    expect(said).to_contain_text("No. PostgreSQL chose the index")
    figure.get_by_role("button", name="It uses the index").click()
    expect(said).to_contain_text("Right. PostgreSQL chose the index")


def test_the_tab_measures_and_states_its_clocks_step(page: Page, address: str) -> None:
    figure = opened(page, address, "ladder")
    said = figure.get_by_role("status")
    expect(said).to_contain_text("California, Netherlands, back (2012), 4.8 years")
    figure.get_by_role("button", name="Measure in this tab").focus()
    page.keyboard.press("Enter")
    expect(said).to_contain_text("clock moves in steps of 100 µs")
    expect(said).to_contain_text("A fetch took")
    expect(figure.get_by_role("button", name="Measure again")).to_be_focused()
    page.context.set_offline(offline=True)
    page.keyboard.press("Enter")
    expect(said).to_contain_text("The server gave no answer.")


@pytest.mark.parametrize(
    ("name", "first", "then"),
    [
        (
            "stream",
            "Sent twice, read once: “pay 30pay 5”.",
            ["Both whole, by luck", "read 3 times: “pay ”, “30pa”, “y 5”"],
        ),
        (
            "crash",
            "are the last, answered in the final",
            ["100 are found after kill -9. None is missing"],
        ),
        ("workers", "Two threads: in turns", ["Two threads: at once"]),
    ],
)
def test_one_choice_after_the_other_tells_what_was_recorded(
    page: Page, address: str, name: str, first: str, then: list[str]
) -> None:
    figure = opened(page, address, name)
    said = figure.get_by_role("status")
    expect(said).to_contain_text(first)
    figure.get_by_role("radio", checked=True).focus()
    for text in then:
        page.keyboard.press("ArrowRight")
        expect(said).to_contain_text(text)


MOVED = """() => {
  const figure = document.querySelector("orders-figure");
  const buttons = [...figure.querySelectorAll(".play-buttons button")];
  const top = () => Math.round(buttons[0].getBoundingClientRect().top);
  const tops = new Set([top()]);
  buttons.at(-1).click();
  for (let turn = 0; turn < 20; turn += 1) {
    buttons[turn % (buttons.length - 2)].click();
    tops.add(top());
  }
  return tops.size - 1;
}"""


@pytest.mark.parametrize("name", ["isolation", "cache"])
def test_a_button_stays_where_it_is_while_it_is_pressed(
    page: Page, address: str, name: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    figure = opened(page, address, name)
    figure.get_by_role("radio").last.check(force=True)
    expect(figure.get_by_role("status")).to_contain_text("rule")
    assert page.evaluate(MOVED) == 0


def test_the_focus_is_seen(page: Page, address: str) -> None:
    figure = opened(page, address, "cache")
    figure.get_by_role("button", name="One step back").focus()
    page.keyboard.press("Tab")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) == "solid"


@pytest.mark.parametrize("name", FIGURES)
def test_without_javascript_and_in_print_the_drawing_stands(
    browser: Browser, address: str, name: str
) -> None:
    path, element = FIGURES[name]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + path)
    expect(page.locator(f"{element} svg[role=img]")).to_be_visible()
    context.close()
    page = browser.new_page()
    figure = opened(page, address, name)
    still = figure.locator("svg[role=img]")
    expect(still).to_be_hidden()
    page.emulate_media(media="print")
    expect(still).to_be_visible()
    expect(figure.locator(".play")).to_be_hidden()
    page.close()


def test_reduced_motion_is_calm(browser: Browser, address: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    figure = opened(context.new_page(), address, "isolation")
    bar = figure.locator(".play-bar span").first
    assert bar.evaluate("bar => getComputedStyle(bar).transitionDuration") == "0s"
    context.close()
