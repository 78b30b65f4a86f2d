"""Every listing marked `tab` runs on its page, in a real browser, and prints what CI recorded."""

from itertools import groupby
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from listings import records
from listings.listing import Listing, find_listings
from listings.pages import includes
from listings.requirements import BEYOND_A_TAB, COPYING, NODE, SESSIONS, TYPES, runs
from listings.site import address as address_of

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
LONGEST_RUN = 60_000  # milliseconds: a first run on a slow machine

LISTINGS = {str(one.path.relative_to(one.source)): one for one in find_listings(ROOT)}
SHOWN = sorted({(address_of(one.page), one.path) for one in includes(ROOT) if one.path in LISTINGS})
IN_A_TAB = [(page, LISTINGS[path]) for page, path in SHOWN if runs(LISTINGS[path]).where == "tab"]
PAGES = {page: [pair[1] for pair in pairs] for page, pairs in groupby(IN_A_TAB, lambda p: p[0])}


@pytest.mark.parametrize("where", PAGES)
def test_the_listings_of_a_page_print_in_a_tab_what_ci_recorded(
    page: Page, address: str, where: str
) -> None:
    page.goto(f"{address}/{where}")
    wrong = [fault for listing in PAGES[where] if (fault := run_in(page, listing))]
    assert not wrong, "\n".join(wrong)


def run_in(page: Page, listing: Listing) -> str:
    """Run a listing on its page; return what is wrong with its output, or nothing."""
    figure = page.locator(f'figure.listing[data-module="{listing.module}"]').first
    figure.locator(".listing-run").dispatch_event("click")  # it may stand in a tab behind another
    output = figure.locator(".listing-output")
    expect(output).not_to_have_attribute("data-state", "running", timeout=LONGEST_RUN)
    shown = [line.rstrip() for line in (output.text_content() or "").splitlines()]
    printed = [line for line in shown if line or listing.language != "sql"]
    state, recorded = output.get_attribute("data-state"), records.printed(listing)
    if state == "same" and printed == recorded:
        return ""
    said = figure.locator(".listing-said").all_inner_texts()
    return f"{listing}: {state} {said}\n  book: {recorded}\n  tab:  {printed}"


def test_a_listing_is_recorded_only_for_what_a_tab_cannot_do() -> None:
    reasons = {*BEYOND_A_TAB, SESSIONS, COPYING, NODE, TYPES}
    recorded = [one for one in LISTINGS.values() if runs(one).where == "recorded"]
    assert {runs(one).why for one in recorded} <= reasons
