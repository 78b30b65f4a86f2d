"""What programs read: `llms.txt`, and Markdown that stands by itself."""

import re
from pathlib import Path

import pytest

from listings.machines import description, standing_alone

pytestmark = pytest.mark.slow


def test_llms_txt_names_every_page_of_the_book(root: Path, built: Path) -> None:
    text = (built / "llms.txt").read_text("utf-8")
    named = re.findall(r"^- \[[^]]+\]\(([^)]+)\): \S", text, re.MULTILINE)
    assert text.startswith("# Backend for Frontend Developers\n\n> ")
    assert len(named) == len(set(named)) == len(list((root / "docs").glob("**/*.md")))
    assert all((built / place).is_file() for place in named)


def test_a_pages_markdown_holds_its_code_and_the_words_of_its_drawings(built: Path) -> None:
    text = (built / "chapter1/service/the_cache/index.md").read_text("utf-8")
    assert "    #> ada\n```" in text
    assert "> Figure: A fill that comes after the DELETE. Time runs downwards" in text
    assert text.startswith("# ")


def test_nothing_is_left_to_include(built: Path) -> None:
    pages = list(built.glob("**/*.md"))
    assert len(pages) > 20
    for page in pages:
        samples = re.compile(r"^````markdown$.*?^````$", re.DOTALL | re.MULTILINE)
        text = samples.sub("", page.read_text("utf-8"))  # the authors' guide shows includes
        assert not re.search(r'^\s*--8<-- "', text, re.MULTILINE), page
        assert "data-figure" not in text


def test_an_include_keeps_its_indentation_and_the_front_matter_goes(root: Path) -> None:
    front = "---\ndescription: >-\n  Two\n  lines.\n---\n\n"
    source = front + '# T\n\n    --8<-- "chapter1/networking/ten_samples.py:bet"\n'
    assert description(source) == "Two lines."
    assert standing_alone(source, root).startswith("# T\n\n    took = [12, ")
