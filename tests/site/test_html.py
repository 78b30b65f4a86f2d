"""The HTML of every page is valid, and Lighthouse has nothing to say against five of them."""

import json
import subprocess
from pathlib import Path

import lighthouse
import pytest
from browser import NODE

from listings.node_packages import installed

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
HERE = Path(__file__).parent


def invalid(files: list[Path]) -> list[str]:
    """Return what html-validate finds, each with its file and line."""
    program = installed(HERE) / "html-validate" / "bin" / "html-validate.mjs"
    settings = ["--config", str(HERE / "htmlvalidate.json"), "--formatter", "json"]
    done = subprocess.run([NODE, program, *settings, *files], stdout=subprocess.PIPE, check=False)
    return [
        f"{found['filePath']}:{fault['line']}: {fault['message']} ({fault['ruleId']})"
        for found in json.loads(done.stdout)
        for fault in found["messages"]
    ]


def test_the_html_of_every_page_is_valid(built: Path) -> None:
    pages = [page for page in sorted(built.glob("**/*.html")) if "assets" not in page.parts]
    assert len(pages) > 30
    assert invalid(pages) == []


def test_invalid_html_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang='en'><title>x</title><ul><p>y</p></ul></html>")
    assert any("<p>" in fault for fault in invalid([page]))


def test_lighthouse_finds_nothing(address: str) -> None:
    categories = "accessibility,best-practices,seo"
    found = lighthouse.reports(address, categories, lighthouse.PAGES)
    assert len(found) == len(lighthouse.PAGES)
    for report in found:
        assert set(report["scores"].values()) == {100}, report
