"""The reference: an address from when it was one page leads to where its name stands now."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]
INDEX = "reference/user_service/"


@pytest.fixture(scope="module")
def places(built: Path) -> dict[str, str]:
    """The address of the page that each name of the service stands on."""
    pages = [path for path in (built / INDEX).rglob("index.html") if path.parent != built / INDEX]
    return {
        str(name["id"]): path.parent.relative_to(built).as_posix() + "/"
        for path in pages
        for name in BeautifulSoup(path.read_bytes(), "html.parser").select(
            'article [id^="user_service."]'
        )
    }


def test_a_name_of_each_module_is_found_by_its_old_address(
    page: Page, address: str, places: dict[str, str]
) -> None:
    last = {name.split(".")[1]: name for name in places}
    assert len(last) > 25
    for name in last.values():
        page.goto("about:blank")
        page.goto(f"{address}/{INDEX}#{name}")
        expect(page).to_have_url(f"{address}/{places[name]}#{name}")
        expect(page.locator(f'[id="{name}"]')).to_be_in_viewport()


def test_a_name_typed_on_the_index_leads_on(
    page: Page, address: str, places: dict[str, str]
) -> None:
    name = "user_service.cache.Cache"
    page.goto(f"{address}/{INDEX}")
    page.evaluate("name => { location.hash = name; }", name)
    expect(page).to_have_url(f"{address}/{places[name]}#{name}")


@pytest.mark.parametrize("anchor", ["", "#", "#errors", "#user_service", "#user_service.gone.Name"])
def test_what_names_no_module_stays(page: Page, address: str, anchor: str) -> None:
    page.goto(f"{address}/{INDEX}{anchor}", wait_until="networkidle")
    expect(page).to_have_url(f"{address}/{INDEX}{anchor}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("user_service")
