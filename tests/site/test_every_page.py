"""What must hold on every page, on a phone in the light and on a desktop in the dark."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from visits import DESKTOP, PHONE, Visit, visits, weight

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
BUDGETS = tomllib.loads(Path(__file__).with_name("budgets.toml").read_text("utf-8"))
INDEX = "/search/search_index.json"
FIGURES = "/assets/figures/"
WINDOWS = {
    "phone, light": {"viewport": PHONE, "color_scheme": "light"},
    "desktop, dark": {"viewport": DESKTOP, "color_scheme": "dark"},
}


@pytest.fixture(scope="module", params=WINDOWS)
def seen(
    request: pytest.FixtureRequest, browser: Browser, address: str, built: Path
) -> list[Visit]:
    """Every page, visited once."""
    return list(visits(browser, address, built, **WINDOWS[request.param]))


def test_all_pages_are_visited(seen: list[Visit], root: Path) -> None:
    assert len(seen) > len(list(root.glob("docs/**/*.md")))  # and the page for what is not found


def test_axe_finds_nothing(seen: list[Visit]) -> None:
    assert [f"{one.path}: {fault}" for one in seen for fault in one.faults] == []


def test_no_page_asks_another_host_or_complains(seen: list[Visit]) -> None:
    assert [(one.path, *one.elsewhere) for one in seen if one.elsewhere] == []
    assert [(one.path, *one.complaints) for one in seen if one.complaints] == []


def test_nothing_moves_while_a_page_arrives(seen: list[Visit]) -> None:
    limit = BUDGETS["movement"]["shift"]
    assert [(one.path, *one.moved) for one in seen if one.shift > limit] == []


def test_every_page_can_be_enlarged_to_400_percent(seen: list[Visit]) -> None:
    assert [(one.path, *one.too_wide) for one in seen if one.too_wide] == []


def test_the_focus_is_seen_everywhere(seen: list[Visit]) -> None:
    assert [(one.path, *one.unseen) for one in seen if one.unseen] == []


def test_every_page_keeps_to_its_weight(seen: list[Visit], built: Path) -> None:
    too_heavy = [line for one in seen for line in excess(one, built)]
    assert not too_heavy, "\n".join(too_heavy)


def excess(seen: Visit, site: Path) -> list[str]:
    """Say which budgets a page exceeds, and what weighs most there."""
    limits, files = BUDGETS["weight"], Counter[str]()
    for path in seen.fetched:
        name = path + "index.html" if path.endswith("/") else path
        files[name] = weight(site / name[1:])
    recordings = [name for name in files if name.startswith(FIGURES + "recordings/")]
    scripts = [name for name in files if name.startswith(FIGURES) and name.endswith(".js")]
    figures = [name for name in scripts if name != FIGURES + "loader.js"]
    own = [name for name in files if name not in {*recordings, *figures}]
    groups = [
        ("the page", own, limits["page"]),
        (f"{seen.figures} figures", figures, limits["figure"] * seen.figures),
        *((name, [name], limits["recording"]) for name in recordings),
    ]
    return [
        f"{seen.path}: {what} weighs {total:,} bytes, at most {limit:,}. Heaviest: "
        + ", ".join(f"{name} {size:,}" for name, size in heaviest)
        for what, names, limit in groups
        if (total := sum(files[name] for name in names)) > limit
        for heaviest in [Counter({name: files[name] for name in names}).most_common(4)]
    ]


def test_the_search_index_keeps_to_its_weight_and_waits(seen: list[Visit], built: Path) -> None:
    assert weight(built / INDEX[1:]) <= BUDGETS["weight"]["search"]
    assert [one.path for one in seen if INDEX in one.fetched] == []
