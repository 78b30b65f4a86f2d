"""Files, languages, sections."""

from collections.abc import Callable
from pathlib import Path

import pytest

from listings.listing import Listing, find_listings

Make = Callable[[str, str], Listing]


def test_sections_are_cut_dedented_and_may_nest(listing: Make) -> None:
    one = listing(
        "nested.py",
        "def main():\n"
        "    # --8<-- [start:outer]\n"
        "    first()\n"
        "    # --8<-- [start:inner]\n"
        "    if second():\n"
        "        third()\n"
        "    # --8<-- [end:inner]\n"
        "    # --8<-- [end:outer]\n"
        "    hidden()\n",
    )
    assert one.module == "chapter9.nested"
    assert list(one.sections) == ["outer", "inner"]
    assert one.sections["outer"].text == "first()\nif second():\n    third()"
    assert one.sections["inner"].text == "if second():\n    third()"
    assert one.sections["inner"].lines == (5, 6)


@pytest.mark.parametrize(
    ("name", "language", "sign"),
    [("a.mjs", "javascript", "//"), ("a.sql", "sql", "--"), ("a.sh", "shell", "#")],
)
def test_every_language_marks_sections_in_its_own_comments(
    listing: Make, name: str, language: str, sign: str
) -> None:
    one = listing(name, f"{sign} --8<-- [start:x]\nshown\n{sign} --8<-- [end:x]\nhidden\n")
    assert one.language == language
    assert one.sections["x"].text == "shown"


def test_records_caches_and_package_files_are_no_listings(listing: Make, tmp_path: Path) -> None:
    wanted = listing("real.py", "")
    for other in ("__init__.py", "records/real.json", "__pycache__/real.pyc"):
        listing(other, "")
    assert find_listings(tmp_path) == [wanted]


def test_a_file_of_an_unknown_language_is_refused(listing: Make, tmp_path: Path) -> None:
    listing("notes.txt", "")
    with pytest.raises(ValueError, match=r"notes\.txt: no listing has this ending; use one of"):
        find_listings(tmp_path)


def test_two_listings_of_one_name_are_refused(listing: Make, tmp_path: Path) -> None:
    listing("same.py", "")
    listing("same.mjs", "")
    with pytest.raises(ValueError, match="have the same name: rename one of them"):
        find_listings(tmp_path)


def test_markdown_is_for_samples_only(listing: Make, tmp_path: Path) -> None:
    listing("authoring/sample.md", "# Sample\n")
    assert len(find_listings(tmp_path)) == 1
    listing("python/http.md", "print(1)\n")
    with pytest.raises(ValueError, match="Markdown is for samples below authoring/"):
        find_listings(tmp_path)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("# --8<-- [start:a]\n# --8<-- [end:a]\n", []),
        ("# --8<-- [start:a]\n# --8<-- [end:b]\n", [(2, "b"), (1, "a")]),
        ("# --8<-- [start:a]\n# --8<-- [end:a]\n# --8<-- [start:a]\n", [(3, "a"), (3, "a")]),
    ],
)
def test_markers_without_partner_are_found(
    listing: Make, text: str, wrong: list[tuple[int, str]]
) -> None:
    assert listing("a.py", text).unbalanced == wrong


def test_a_marker_stands_alone_on_its_line(listing: Make) -> None:
    assert listing("a.py", "x = 1  # --8<-- [start:a]\n").sections == {}
