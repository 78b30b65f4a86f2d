"""The finished site shows the listings, all of them, as they were verified."""

import json
from pathlib import Path
from typing import Any

import pytest

from listings import pages, site, verified

pytestmark = pytest.mark.slow


def test_html_and_markdown_agree(root: Path, built: Path) -> None:
    if problems := site.problems(root, site.blocks(site.read(built))):
        pytest.fail("\n".join(map(str, problems)), pytrace=False)


def test_every_listing_was_run_by_these_tests(root: Path) -> None:
    """Stands last among the tests of listings: `make test` clears what was verified before."""
    if problems := verified.problems(root):
        pytest.fail("\n".join(map(str, problems)), pytrace=False)


def entries(built: Path) -> list[dict[str, Any]]:
    listings: list[dict[str, Any]] = json.loads((built / "listings.json").read_text())["listings"]
    return listings


def test_listings_json_names_each_place_that_shows_a_section(root: Path, built: Path) -> None:
    shown = {(entry["page"], entry["section"]) for entry in entries(built)}
    included = {(site.address(one.page), one.section) for one in pages.includes(root)}
    assert shown == included


def test_listings_json_says_what_each_needs_and_was_verified_on(built: Path) -> None:
    by_module = {entry["module"]: entry for entry in entries(built)}
    race = by_module["chapter1.databases.double_withdrawal"]
    assert race["runs"] == "recorded"
    assert "two database sessions" in race["why"]
    assert race["needs"] == ["asyncpg", "postgresql"]
    assert race["verified"]["postgresql"].startswith("18.")
    assert by_module["chapter1.databases.no_rollback"]["verified"]["valkey"].startswith("9.")
    assert by_module["chapter1.python.two_promises"]["verified"].keys() == {"javascript"}
    assert by_module["chapter1.python.forgotten_await"]["runs"] == "no"
