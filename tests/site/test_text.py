"""The text is our own and holds nothing that was refuted; search and drawings serve everybody."""

import hashlib
import json
import re
import tomllib
from pathlib import Path

import pytest
from anchors import anchors, kept
from article import Article, plain
from bs4 import BeautifulSoup

HERE = Path(__file__).parent
CORRECTIONS = "about/corrections/"
WORD = re.compile(r"[a-z0-9']+")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def texts(built: Path) -> dict[str, str]:
    """What stands in the article of each page, by address."""
    addresses = [path.parent.relative_to(built).as_posix() for path in built.rglob("index.html")]
    return {
        f"{address}/".removeprefix("./"): "\n".join(
            plain(part) for part in Article.read(built, address).parts
        )
        for address in addresses
    }


def test_no_sentence_of_the_draft_stands_on_the_site(texts: dict[str, str]) -> None:
    # Each sentence of six words or more, as its length and a hash: the draft is not ours to print.
    draft = {tuple(pair) for pair in json.loads((HERE / "draft_sentences.json").read_text())}
    lengths = {length for length, _ in draft}
    found = []
    for address, text in texts.items():
        words = WORD.findall(text.lower())
        for length in lengths:
            for start in range(len(words) - length + 1):
                run = " ".join(words[start : start + length])
                if (length, hashlib.sha256(run.encode()).hexdigest()[:16]) in draft:
                    found.append((address, run))
    assert len(draft) > 50
    assert found == []


def test_no_refuted_claim_stands_outside_the_corrections(texts: dict[str, str]) -> None:
    refuted = tomllib.loads((HERE / "refuted.toml").read_text("utf-8"))["claim"]
    for claim in refuted:
        assert re.search(claim["pattern"], claim["example"], re.IGNORECASE)
        for address, text in texts.items():
            if address != CORRECTIONS:
                match = re.search(claim["pattern"], text, re.IGNORECASE)
                assert match is None, (address, match, claim["instead"])


def test_search_finds_every_heading(root: Path, built: Path) -> None:
    """Three pages about the book are left out, for the sake of the index's size."""
    left_out = {
        path.relative_to(root / "docs").with_suffix("").as_posix()
        for path in root.glob("docs/**/*.md")
        if "search: {exclude: true}" in path.read_text("utf-8").partition("\n---\n")[0]
    }
    assert left_out == {"about/authors", "about/corrections", "about/licences"}
    index = json.loads((built / "search" / "search_index.json").read_text("utf-8"))["docs"]
    indexed = {
        (entry["location"], plain(BeautifulSoup(entry["title"], "html.parser"))) for entry in index
    }
    for page in built.rglob("index.html"):
        address = page.parent.relative_to(built).as_posix()
        if address in left_out:
            continue
        for heading in BeautifulSoup(page.read_bytes(), "html.parser").select(
            "article :is(h2, h3)"
        ):
            for link in heading.select(".headerlink"):
                link.decompose()
            assert (f"{address}/#{heading['id']}".removeprefix("./"), plain(heading)) in indexed


def test_links_to_headings_go_on_leading_somewhere(built: Path) -> None:
    lost = sorted(kept() - anchors(built))
    assert not lost, "keep a heading's address with `{#it}`, also where its words change"


def test_every_drawing_is_shown_and_told_in_words(root: Path, built: Path) -> None:
    drawings = [path.name for path in root.glob("docs/assets/figures/*.svg")]
    pages = "".join(path.read_text("utf-8") for path in root.glob("docs/**/*.md"))
    assert len(drawings) >= 10
    for name in drawings:
        assert f'"figures/{name}"' in pages, name
    for page in built.rglob("index.html"):
        for figure in BeautifulSoup(page.read_bytes(), "html.parser").select("figure.diagram"):
            (drawing,) = figure.select("svg")
            named = [figure.find(id=name) for name in str(drawing["aria-labelledby"]).split()]
            assert drawing["role"] == "img"
            assert [element.name for element in named if element] == ["title", "desc"], page
            assert all(element and plain(element) for element in named)
            assert figure.figcaption


def test_drawings_take_the_pages_colours_and_fit_a_phone(root: Path) -> None:
    for path in root.glob("docs/assets/figures/*.svg"):
        text = path.read_text("utf-8")
        assert re.search(r'viewBox="0 0 3[0-6]\d \d+"', text), path.name
        assert not re.search(r"(fill|stroke)=\"(?!none|currentColor|url)|#[0-9a-f]{3,6}\b", text), (
            path.name
        )
        assert "\n\n" not in text, path.name
