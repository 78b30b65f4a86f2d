"""The playground without a mouse, with a screen reader, on a phone, on paper."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

TOUR = "/chapter1/python/for_javascript_readers/"
ACID = "/chapter1/databases/acid/"
STARTED = 90_000


def listing(page: Page, section: str) -> Locator:
    return page.locator(f'figure.listing[data-section="{section}"]')


def state(figure: Locator, expected: str) -> None:
    output = figure.locator(".listing-output")
    expect(output).to_have_attribute("data-state", expected, timeout=STARTED)


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until `target` has the focus."""
    for _ in range(300):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"Tab never reaches {target}")


def test_the_keyboard_runs_edits_runs_again_and_leaves(page: Page, address: str) -> None:
    page.goto(address + TOUR)
    figure = listing(page, "with")
    run = figure.get_by_role("button", name="Run")
    tab_to(page, run)
    page.keyboard.press("Enter")
    state(figure, "same")
    expect(run).to_be_focused()
    tab_to(page, figure.get_by_role("button", name="Edit"))
    page.keyboard.press("Enter")
    editor = figure.locator(".cm-content")
    expect(editor).to_be_focused()
    expect(editor).to_have_accessible_description(
        re.compile("-Enter runs. Escape, then Tab leaves the editor.")
    )
    page.keyboard.press("Control+Home")
    page.keyboard.press("Tab")  # indents, and does not leave
    expect(editor).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("# mine\n")
    page.keyboard.press("Control+Enter")
    expect(figure.locator(".listing-said")).to_contain_text("with your edits", timeout=STARTED)
    expect(editor).to_be_focused()
    page.keyboard.press("Escape")
    expect(figure.locator(".listing-said")).to_have_text("Tab now leaves the editor.")
    page.keyboard.press("Tab")
    expect(run).to_be_focused()


def test_stop_gives_the_focus_back(page: Page, address: str) -> None:
    page.goto(address + TOUR)
    figure = listing(page, "with")
    figure.get_by_role("button", name="Edit").click()
    expect(figure.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text('while True:\n    print("tick")')
    page.keyboard.press("Control+Enter")
    expect(figure.locator(".listing-output")).to_contain_text("tick", timeout=STARTED)
    figure.get_by_role("button", name="Stop").focus()
    page.keyboard.press("Enter")
    state(figure, "stopped")
    expect(figure.get_by_role("button", name="Run")).to_be_focused()


def everything_open(page: Page, address: str) -> Locator:
    """A listing with editor, output, comparison, console and badge open."""
    page.goto(address + ACID)
    figure = listing(page, "transaction")
    figure.get_by_role("button", name="Edit").click()
    expect(figure.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text('print("mine")')
    page.keyboard.press("Control+Enter")
    state(figure, "different")
    figure.get_by_text("Compare with the book").click()
    figure.locator(".listing-badge summary").click()
    figure.get_by_role("button", name="SQL console").click()
    page.keyboard.type("\\d\n")
    expect(figure.locator(".listing-answer")).to_have_count(1)
    figure.get_by_role("button", name="Share").click()
    expect(figure.get_by_label("Link to your edit")).to_be_visible()
    return figure


def violations(page: Page, root: Path) -> list[Any]:
    """What axe finds wrong with the listings of the page.

    Left out is what Material puts into every code block: copy buttons and annotations.
    """
    axe = root / "tests" / "site" / "node_modules" / "axe-core" / "axe.min.js"
    page.evaluate(axe.read_text("utf-8"))
    found = page.evaluate(
        "axe.run({include: ['figure.listing'], exclude: ['.md-code__nav', '.md-annotation']})"
    )
    return [
        (one["id"], node["html"], node.get("failureSummary"))
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_everything_open(
    browser: Browser, address: str, root: Path, scheme: Any
) -> None:
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        figure = everything_open(page, address)
        assert violations(page, root) == []
        figure.locator(".cm-content").focus()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text("await raise_me()")
        page.keyboard.press("Control+Enter")
        state(figure, "error")
        figure.get_by_text("The whole message").click()
        recorded = listing(page, "race")
        recorded.get_by_role("button", name="Replay").click()
        state(recorded, "recorded")
        recorded.get_by_role("button", name="Whole module").click()
        expect(recorded.locator(".cm-content")).to_be_visible()
        assert violations(page, root) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_open_fits_a_phone(browser: Browser, address: str, scheme: Any) -> None:
    phone: Any = {"width": 390, "height": 844}
    with browser.new_context(viewport=phone, color_scheme=scheme, has_touch=True) as context:
        page = context.new_page()
        figure = everything_open(page, address)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        for button in figure.locator(".listing-bar button:visible").all():
            box = button.bounding_box()
            assert box
            assert min(box["height"], box["width"]) >= 40, button.inner_text()


def test_paper_shows_code_and_output_and_no_buttons(page: Page, address: str) -> None:
    page.goto(address + ACID)
    figure = listing(page, "race")
    figure.get_by_role("button", name="Replay").click()
    state(figure, "recorded")
    page.emulate_media(media="print")
    expect(figure.locator(".listing-output")).to_be_visible()
    expect(figure.locator("pre")).to_be_visible()
    for hidden in (".listing-bar", ".listing-status", ".listing-badge"):
        expect(figure.locator(hidden).first).to_be_hidden()


def test_without_javascript_a_listing_is_what_it_was(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + ACID)
        expect(page.locator("figure.listing button")).to_have_count(0)
        expect(listing(page, "race").locator(".listing-note")).to_be_visible()
