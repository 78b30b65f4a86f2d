"""The Content-Security-Policy reaches every page, whatever the page says."""

from pathlib import Path

import pytest

from listings.policy import META, add_policy, inline_scripts


def test_a_page_about_policies_gets_one_too(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<html><head><meta name="description" content="Content-Security-Policy">')
    add_policy(tmp_path)
    once = page.read_text()
    assert once.startswith(f"<html><head>{META}")
    add_policy(tmp_path)
    assert page.read_text() == once


def test_inline_scripts_are_allowed_by_hash_and_data_is_not(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<head></head><script>a()</script><script type="application/json">{}</script>')
    add_policy(tmp_path)
    assert page.read_text().count("'sha256-") == 1


def test_a_script_in_a_comment_hides_none_behind_it() -> None:
    html = "<!-- <script> --><p><script>a()</script><script src='x'></script><SCRIPT>b()</SCRIPT >"
    assert inline_scripts(html) == ["a()", "b()"]


def test_a_page_without_a_head_is_refused(tmp_path: Path) -> None:
    (tmp_path / "raw.html").write_text("<p>raw</p>")
    with pytest.raises(ValueError, match="cannot be given a policy"):
        add_policy(tmp_path)
