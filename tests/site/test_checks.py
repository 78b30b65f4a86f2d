"""Quick checks in a browser: one commits, then reads why; by keyboard, without script, on paper."""

import json
from pathlib import Path

import pytest
from accessibility import violations
from article import parsed, plain
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from reading import checks

pytestmark = pytest.mark.slow
PROLOGUE = "/chapter1/prologue/"


def test_every_check_of_the_markdown_is_on_its_page(root: Path, built: Path) -> None:
    for page in {check.page for check in checks.find(root)}:
        wanted = [check for check in checks.find(root) if check.page == page]
        stem = page.removeprefix("docs/").removesuffix(".md").removesuffix("index")
        html = BeautifulSoup((built / stem / "index.html").read_bytes(), "html.parser")
        shown = html.select(".check")
        assert [len(one.select("details.choice")) for one in shown] == [
            len(check.choices) for check in wanted
        ]
        for one, check in zip(shown, wanted, strict=True):
            right = [choice.right for choice in check.choices]
            assert ["right" in tag["class"] for tag in one.select("details.choice")] == right
            assert ("predict" in one["class"]) == (check.prints is not None)
            assert "prints:" not in one.get_text()


def test_the_search_finds_questions_and_gives_no_answer_away(built: Path) -> None:
    entries = json.loads((built / "search" / "search_index.json").read_text("utf-8"))["docs"]
    indexed = {entry["location"].partition("#")[0] for entry in entries}
    text = " ".join(plain(BeautifulSoup(entry["text"], "html.parser")) for entry in entries)
    asked = [
        check
        for address in indexed
        for check in parsed(built / address / "index.html").select(".check")
    ]
    assert len(asked) > 80
    for check in asked:
        question, *explained = map(plain, check.select(".admonition-title, details.choice > p"))
        assert question in text
        assert [why for why in explained if why in text] == []


def test_no_answer_is_explained_before_the_reader_commits(page: Page, address: str) -> None:
    page.goto(address + PROLOGUE)
    check = page.locator(".check").last
    explained = check.get_by_text("an answer that is lost", exact=False)
    expect(check.get_by_role("radio")).to_have_count(3)
    expect(check.get_by_role("status")).to_be_empty()
    check.get_by_role("button", name="Check my answer").click()
    expect(check.get_by_role("status")).to_be_empty()  # nothing was chosen
    check.get_by_label("The second: ten seconds").check()
    expect(check.get_by_role("status")).to_be_empty()  # chosen, not yet committed to
    check.get_by_role("button", name="Check my answer").click()
    expect(check.get_by_role("status")).to_contain_text("Not this one.")
    expect(check.get_by_role("status")).to_contain_text("the answer was only slow")
    expect(explained.first).to_be_hidden()
    expect(check.get_by_text("Every answer, explained")).to_be_hidden()
    check.get_by_label("Neither").check()
    check.get_by_role("button", name="Check my answer").click()
    expect(check.get_by_role("status")).to_contain_text("Right.")
    check.get_by_text("Every answer, explained").click()
    expect(check.get_by_text("even answered at once")).to_be_visible()


def test_a_prediction_keeps_the_output_back_until_it_is_made(page: Page, address: str) -> None:
    page.goto(address + PROLOGUE)
    figure = page.locator('figure[data-section="reused"]')
    output = figure.get_by_text("#> {'name': 'dorothy'}")
    expect(figure.get_by_text("async def").or_(figure.get_by_text("client.delete"))).to_be_visible()
    expect(output).to_be_hidden()
    check = page.locator(".check").first
    check.get_by_label("charles").check()
    check.get_by_role("button", name="Check my answer").click()
    expect(output).to_be_visible()


@pytest.mark.parametrize("way", ["the link", "a click on the listing"])
def test_who_does_not_want_to_predict_need_not(page: Page, address: str, way: str) -> None:
    page.goto(address + PROLOGUE)
    figure = page.locator('figure[data-section="reused"]')
    if way == "the link":
        page.get_by_role("button", name="show it now").first.press("Enter")
        expect(page.locator(".check").first.get_by_role("radio").first).to_be_focused()
    else:
        figure.locator("pre").click()
    expect(figure.get_by_text("#> {'name': 'dorothy'}")).to_be_visible()
    expect(page.get_by_role("button", name="show it now")).to_have_count(1)  # the other prediction


def test_the_keyboard_is_enough(page: Page, address: str) -> None:
    page.goto(address + PROLOGUE)
    check = page.locator(".check").first
    check.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    expect(check.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("Enter")
    expect(check.get_by_role("status")).to_contain_text("Right.")


def test_without_a_script_each_answer_unfolds(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PROLOGUE)
    check = page.locator(".check").last
    explained = check.get_by_text("the answer was only slow")
    expect(explained).to_be_hidden()
    check.get_by_text("The second: ten seconds").click()
    expect(explained).to_be_visible()
    expect(page.get_by_text("#> {'name': 'dorothy'}")).to_be_visible()
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_on_paper_the_answers_follow_the_question(
    browser: Browser, address: str, *, script: bool
) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(address + PROLOGUE)
    page.emulate_media(media="print")
    check = page.locator(".check").last
    expect(check.get_by_text("the answer was only slow")).to_be_visible()
    expect(check.get_by_text("the first has nothing to do with time")).to_be_visible()
    expect(page.get_by_text("#> {'name': 'dorothy'}")).to_be_visible()
    expect(page.get_by_role("button", name="Check my answer")).to_have_count(0)
    context.close()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_answered_check(
    browser: Browser, address: str, root: Path, scheme: str
) -> None:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    found = []
    for name in sorted({check.page for check in checks.find(root)}):
        page.goto(address + name.removeprefix("docs").removesuffix(".md").removesuffix("index"))
        page.locator(".check form").first.wait_for()
        page.evaluate(
            """() => document.querySelectorAll(".check form").forEach((form) => {
                for (const radio of form.querySelectorAll("input")) {
                    radio.checked = true;
                    form.requestSubmit();
                }
                form.querySelector(".check-all").open = true;
            })"""
        )
        found += [f"{name}: {fault}" for fault in violations(page, ".check")]
    context.close()
    assert found == []
