"""The service stays small enough to be read: its sizes, and what can be taken out of it."""

import re
from pathlib import Path

import pytest

WAY = ("routes", "users", "cache", "database")
OPTIONAL = {
    "fast_path": {"app"},
    "body_limit": {"app"},
    "rate_limit": {"app"},
    "metrics": {"app"},
    "tracing": {"app"},
    "idempotency": {"routes", "users"},
    "cluster": {"connections"},
    "replica": {"app"},
}


@pytest.fixture
def modules(root: Path) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in root.glob("src/user_service/*.py")}


def test_every_module_is_under_150_lines(modules: dict[str, str]) -> None:
    assert {name for name, text in modules.items() if text.count("\n") >= 150} == set()


def test_the_way_a_reader_follows_is_under_400_lines(modules: dict[str, str]) -> None:
    assert sum(modules[name].count("\n") for name in WAY) < 400


@pytest.mark.parametrize("name", OPTIONAL)
def test_what_can_be_deleted_is_named_in_one_place(modules: dict[str, str], name: str) -> None:
    imported = re.compile(rf"^\s*from user_service(\.| import ){name}\b", re.MULTILINE)
    assert {other for other, text in modules.items() if imported.search(text)} == OPTIONAL[name]


def test_the_reference_has_every_module_once_and_its_index_leads_there(
    root: Path, modules: dict[str, str]
) -> None:
    folder = root / "docs" / "reference" / "user_service"
    pages = {page.name: page.read_text("utf-8") for page in folder.glob("*.md")}
    documented = re.compile(r"^::: user_service\.(\w+)$", re.MULTILINE)
    stands = [(name, page) for page, text in pages.items() for name in documented.findall(text)]
    line = re.compile(r"^- \[`(\w+)`\]\((\w+\.md)#user_service\.\1\)(\\\*)?: .+[.?]$", re.MULTILINE)
    index = line.findall(pages["index.md"])
    assert sorted((name, page) for name, page, _ in index) == sorted(stands)
    assert sorted(name for name, _ in stands) == sorted(set(modules) - {"__init__"})
    assert {name for name, _, star in index if star} == set(OPTIONAL)
