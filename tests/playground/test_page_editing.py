"""Edits: they survive a reload, travel in links that never run, and can be taken back."""

import json
import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

TOUR = "/chapter1/python/for_javascript_readers/"
KEY = "playground:edit:chapter1.python.with_block:with"


@pytest.fixture
def figure(page: Page, address: str) -> Locator:
    """A listing in plain Python, in the middle of its module."""
    page.goto(address + TOUR)
    return listing(page)


def listing(page: Page) -> Locator:
    return page.locator('figure.listing[data-section="with"]')


def editor(figure: Locator) -> Locator:
    return figure.locator(".cm-content")


def said(figure: Locator) -> Locator:
    return figure.locator(".listing-said")


def press(figure: Locator, name: str) -> None:
    figure.get_by_role("button", name=name, exact=True).click()


def edit(figure: Locator, typed: str) -> None:
    """Open the editor, and type something before the first line."""
    press(figure, "Edit")
    expect(editor(figure)).to_be_focused()
    figure.page.keyboard.press("Control+Home")
    figure.page.keyboard.type(typed)


def kept(page: Page) -> str:
    """Wait until the browser keeps the edit, and return it as it is kept."""
    page.wait_for_function("key => localStorage.getItem(key)", arg=KEY)
    return str(page.evaluate("key => localStorage.getItem(key)", KEY))


def test_the_editor_takes_the_place_of_the_block_without_a_jump(figure: Locator) -> None:
    block = figure.locator("pre")
    block.scroll_into_view_if_needed()
    page_top = "element => element.getBoundingClientRect().top + window.scrollY"
    before, top = block.bounding_box(), block.evaluate(page_top)
    press(figure, "Edit")
    expect(block).to_be_hidden()
    frame = figure.locator(".cm-editor")
    after = frame.bounding_box()
    assert before
    assert after
    assert abs(before["height"] - after["height"]) <= 1
    assert abs(top - frame.evaluate(page_top)) <= 1


def test_the_editor_shows_the_section_with_its_output_and_without_annotations(
    figure: Locator,
) -> None:
    press(figure, "Edit")
    expect(editor(figure)).to_contain_text("#> open, use a connection, close, catch")
    expect(editor(figure)).not_to_contain_text("(1)!")
    expect(editor(figure)).to_have_attribute("aria-label", "Editor: chapter1/python/with_block.py")


def test_an_edit_survives_a_reload(page: Page, figure: Locator) -> None:
    edit(figure, "# mine\n")
    kept(page)
    page.reload()
    expect(said(figure)).to_have_text("Your edit of this listing is kept in this browser.")
    press(figure, "Open my edit")
    expect(editor(figure)).to_contain_text("# mine")


def test_an_edit_is_kept_when_the_page_is_left_at_once(page: Page, figure: Locator) -> None:
    edit(figure, "# mine\n")
    page.reload()
    expect(said(figure)).to_have_text("Your edit of this listing is kept in this browser.")


def test_run_shows_the_kept_edit_before_it_runs_it(page: Page, figure: Locator) -> None:
    edit(figure, "# mine\n")
    kept(page)
    page.reload()
    press(figure, "Run")
    expect(editor(figure)).to_contain_text("# mine")


def test_reset_asks_nothing_and_can_be_undone(page: Page, figure: Locator) -> None:
    edit(figure, "# mine\n")
    kept(page)
    press(figure, "Reset")
    expect(editor(figure)).not_to_contain_text("# mine")
    assert page.evaluate("key => localStorage.getItem(key)", KEY) is None
    press(figure, "Undo")
    expect(editor(figure)).to_contain_text("# mine")
    assert "# mine" in kept(page)


def test_an_unchanged_listing_can_be_closed_again(figure: Locator) -> None:
    edit(figure, "x")
    expect(figure.get_by_role("button", name="Close")).to_be_hidden()
    figure.page.keyboard.press("Backspace")
    press(figure, "Close")
    expect(figure.locator("pre")).to_be_visible()
    expect(figure.get_by_role("button", name="Edit")).to_be_focused()


def test_the_whole_module_is_one_press_away_with_the_edit_in_it(figure: Locator) -> None:
    edit(figure, "# mine\n")
    press(figure, "Whole module")
    expect(editor(figure)).to_contain_text('"""A with block runs its last part')
    expect(editor(figure)).to_contain_text("# mine")
    expect(editor(figure)).to_contain_text("asyncio.run(main())")
    expect(editor(figure)).not_to_contain_text("8<")
    press(figure, "Only this part")
    expect(editor(figure)).not_to_contain_text("asyncio.run(main())")
    expect(editor(figure)).to_contain_text("# mine")


def test_undo_does_not_bring_the_module_into_the_part(page: Page, figure: Locator) -> None:
    edit(figure, "# mine\n")
    press(figure, "Whole module")
    press(figure, "Only this part")
    editor(figure).focus()
    page.keyboard.press("Control+z")
    expect(editor(figure)).not_to_contain_text("asyncio.run(main())")
    expect(editor(figure)).to_contain_text("# mine")


def test_a_module_edited_elsewhere_stays_open(page: Page, figure: Locator) -> None:
    press(figure, "Whole module")
    editor(figure).focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("# above the part\n")
    press(figure, "Only this part")
    expect(said(figure)).to_contain_text("You changed lines outside of this part")
    expect(editor(figure)).to_contain_text("# above the part")
    kept(page)
    page.reload()
    press(figure, "Open my edit")
    expect(editor(figure)).to_contain_text("# above the part")


OTHERS = "playground:edit:chapter1.python.reading_python:"
BOTH = re.compile(r"'mine'.*'mine too'", re.DOTALL)


def block(page: Page, section: str) -> Locator:
    """One of two listings that show parts of the same module."""
    return page.locator(f'figure.listing[data-section="{section}"]')


def edit_both(page: Page, address: str) -> tuple[Locator, Locator]:
    page.goto(address + TOUR)
    first, second = block(page, "shapes"), block(page, "truth")
    edit(first, "print('mine')\n")
    edit(second, "print('mine too')\n")
    return first, second


def together(figure: Locator) -> Locator:
    return figure.locator(".listing-together")


def test_edits_of_two_blocks_of_a_module_run_together(page: Page, address: str) -> None:
    first, second = edit_both(page, address)
    for figure in (first, second):
        expect(together(figure)).to_contain_text(
            "Your edit in another block of this module runs too."
        )
        press(figure, "Run")
        output = figure.locator(".listing-output")
        expect(output).to_have_attribute("data-state", "different", timeout=90_000)
        expect(output).to_contain_text("mine\nDear Ada")
        expect(output).to_contain_text("mine too\nFalse")
    press(second, "Reset")
    expect(together(first)).to_be_hidden()
    expect(together(second)).to_be_visible()


def test_show_it_leads_to_the_other_edit(page: Page, address: str) -> None:
    first, second = edit_both(page, address)
    press(first, "Show it")
    expect(editor(second)).to_be_focused()
    expect(editor(second)).to_be_in_viewport()


def test_an_error_is_shown_at_the_line_of_the_block(page: Page, address: str) -> None:
    first, second = edit_both(page, address)
    editor(second).focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("1 / 0\n")
    press(second, "Run")
    place = second.locator(".listing-trace").get_by_role("button")
    expect(place).to_have_text("Line 1", timeout=90_000)
    press(first, "Run")
    expect(first.locator(".listing-trace")).to_contain_text("Outside of the part shown")


def test_edits_of_two_blocks_come_back_together(page: Page, address: str) -> None:
    first, second = edit_both(page, address)
    page.reload()
    press(first, "Run")
    expect(editor(first)).to_contain_text("'mine'")
    expect(editor(second)).to_contain_text("'mine too'")
    expect(together(first)).to_be_visible()
    expect(first.locator(".listing-output")).to_contain_text("mine too", timeout=90_000)


def test_the_whole_module_has_both_edits_and_gives_them_back(page: Page, address: str) -> None:
    first, second = edit_both(page, address)
    press(first, "Whole module")
    expect(editor(first)).to_contain_text(BOTH)
    expect(second.locator("pre").first).to_be_visible()
    expect(together(second)).to_contain_text("You edit the whole module in another block.")
    kept = f"Object.keys(localStorage).filter(key => key.startsWith('{OTHERS}'))"
    assert page.evaluate(kept) == [OTHERS + "shapes"]
    page.reload()
    press(second, "Run")
    expect(editor(first)).to_contain_text(BOTH)
    expect(second.locator(".listing-output")).to_contain_text("mine too", timeout=90_000)
    press(second, "Edit")
    expect(editor(first)).not_to_contain_text("mine too")
    expect(editor(first)).to_contain_text("'mine'")
    expect(editor(second)).to_contain_text("'mine too'")
    expect(editor(second)).to_be_focused()


def test_a_module_changed_outside_of_its_blocks_stays_in_one(page: Page, address: str) -> None:
    first, second = edit_both(page, address)
    press(first, "Whole module")
    expect(editor(first)).to_contain_text(BOTH)
    editor(first).focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("# above\n")
    press(second, "Edit")
    expect(editor(first)).to_be_focused()
    expect(editor(second)).to_have_count(0)


def test_a_link_brings_the_edits_of_both_blocks(browser: Browser, page: Page, address: str) -> None:
    first, second = edit_both(page, address)
    link = link_of(second)
    with browser.new_context() as context:
        other = context.new_page()
        other.goto(link)
        expect(editor(block(other, "truth"))).to_contain_text(BOTH)
    page.goto("about:blank")
    page.goto(link)
    expect(editor(second)).to_contain_text(BOTH)
    expect(editor(first)).to_have_count(0)
    assert "mine" in str(page.evaluate("key => localStorage.getItem(key)", OTHERS + "shapes"))
    press(second, "Back to my own edit")
    expect(editor(second)).not_to_contain_text(BOTH)
    press(second, "Run")
    expect(editor(first)).to_contain_text("'mine'")


def test_an_edit_of_a_listing_that_has_changed_is_offered_not_misplaced(
    page: Page, figure: Locator
) -> None:
    edit(figure, "# mine\n")
    older = json.loads(kept(page)) | {"of": "another-text"}
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, json.dumps(older)])
    page.goto("about:blank")
    page.go_back()
    press(figure, "Open my edit")
    expect(said(figure)).to_have_text("This listing has changed since you edited it.")
    expect(editor(figure)).not_to_contain_text("# mine")
    press(figure, "Show my old edit")
    expect(editor(figure)).to_contain_text("# mine")


def test_an_old_edit_can_be_forgotten(page: Page, figure: Locator) -> None:
    older = json.dumps({"whole": False, "text": "# old", "of": "another-text"})
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, older])
    page.reload()
    press(figure, "Open my edit")
    press(figure, "Forget it")
    assert page.evaluate("key => localStorage.getItem(key)", KEY) is None


def test_a_browser_that_keeps_nothing_says_so_and_works(page: Page, address: str) -> None:
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };"
    )
    page.goto(address + TOUR)
    edit(listing(page), "# mine\n")
    expect(said(listing(page))).to_contain_text("This browser keeps no edits for this site")
    expect(editor(listing(page))).to_contain_text("# mine")


def test_a_browser_without_storage_works(page: Page, address: str) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " { get() { throw new DOMException('', 'SecurityError'); } });"
    )
    page.goto(address + TOUR)
    edit(listing(page), "# mine\n")
    expect(editor(listing(page))).to_contain_text("# mine")


def link_of(figure: Locator) -> str:
    press(figure, "Share")
    field = figure.get_by_label("Link to your edit")
    expect(field).to_be_visible()
    return field.input_value()


def test_a_link_shows_the_edit_to_somebody_else_and_never_runs(
    browser: Browser, figure: Locator
) -> None:
    edit(figure, "# mine, with an é\n")
    link = link_of(figure)
    assert re.search(r"#edit=[\w-]+$", link)
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(link)
        other = listing(page)
        expect(editor(other)).to_contain_text("# mine, with an é")
        expect(other).to_be_in_viewport()
        expect(said(other)).to_have_text(
            "These edits came with the link. Read them before you run them."
        )
        page.wait_for_load_state("networkidle")
        expect(other.locator(".listing-output")).to_be_hidden()
        assert not [url for url in asked if "edit=" in url]
        heavy = re.compile(r"/assets/playground/(core|python|postgres|valkey|frame|tab)")
        assert not [url for url in asked if heavy.search(url)]
        assert "playground" not in page.evaluate("JSON.stringify(localStorage)")


def test_the_link_is_on_the_clipboard(page: Page, figure: Locator) -> None:
    edit(figure, "# mine\n")
    link = link_of(figure)
    expect(said(figure)).to_have_text("Link copied. It holds your edit; nothing was sent.")
    assert page.evaluate("navigator.clipboard.readText()") == link


def test_a_link_leaves_the_readers_own_edit_alone(page: Page, figure: Locator) -> None:
    edit(figure, "# from the link\n")
    link = link_of(figure)
    press(figure, "Reset")
    editor(figure).focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("# my own\n")
    assert "# my own" in kept(page)
    page.goto("about:blank")
    page.goto(link)
    expect(editor(figure)).to_contain_text("# from the link")
    assert "# my own" in kept(page)
    press(figure, "Back to my own edit")
    expect(editor(figure)).to_contain_text("# my own")


def test_a_link_to_a_listing_that_has_changed_says_so(page: Page, figure: Locator) -> None:
    edit(figure, "# mine\n")
    link = link_of(figure)
    page.route("**/for_javascript_readers/", lambda route: route.fulfill(
        body=route.fetch().text().replace("events: list[str] = []", "events: list[str] = list()")
        .replace("default-src 'none'; script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        content_type="text/html",
    ))  # fmt: skip
    page.goto("about:blank")
    page.goto(link)
    expect(said(figure)).to_contain_text("The listing has changed since.")


@pytest.mark.parametrize("code", ["", "x", "not-a-link", "q1ZKzs8rSc0rUbIqKSpN1VFKK0pNVbJSSkpV0q"])
def test_a_broken_link_says_so_and_shows_the_book(page: Page, address: str, code: str) -> None:
    page.goto(f"{address}{TOUR}#edit={code}")
    expect(page.get_by_role("alert")).to_contain_text("cannot be read")
    expect(page.locator(".cm-editor")).to_have_count(0)


def test_a_link_whose_end_is_missing_says_so(page: Page, figure: Locator) -> None:
    edit(figure, "# mine\n")
    link = link_of(figure)
    page.goto("about:blank")
    page.goto(link[:-9])
    expect(page.get_by_role("alert")).to_contain_text("a part of the link is missing")


def test_a_recorded_listing_can_be_looked_at_as_a_whole(page: Page, address: str) -> None:
    page.goto(address + "/chapter1/databases/acid/")
    figure = page.locator('figure.listing[data-section="race"]')
    press(figure, "Whole module")
    expect(editor(figure)).to_contain_text("asyncio.run(main())")
    editor(figure).press("x")
    expect(editor(figure)).not_to_contain_text("x" * 3)
    expect(editor(figure)).to_have_attribute("aria-readonly", "true")
    press(figure, "Close")
    expect(figure.locator("pre")).to_be_visible()
