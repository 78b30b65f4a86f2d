"""What search engines and those who pass on a link are told of every page."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from mkdocs.config import load_config
from PIL import Image

pytestmark = pytest.mark.slow


def pages(built: Path) -> list[Path]:
    """All pages but the one for what is not found."""
    return [page for page in sorted(built.glob("**/index.html")) if "assets" not in page.parts]


def below(address: str, built: Path, root: Path) -> Path:
    """The file of the built site at an absolute address, as a host finds it."""
    start = load_config(str(root / "mkdocs.yml")).site_url
    assert start
    assert address.startswith(start)
    path = built / address.removeprefix(start)
    return path / "index.html" if path.is_dir() else path


def test_the_sitemap_lists_every_page(built: Path, root: Path) -> None:
    addresses = re.findall("<loc>(.+?)</loc>", (built / "sitemap.xml").read_text("utf-8"))
    listed = {below(address, built, root) for address in addresses}
    assert listed == set(pages(built))


def test_every_page_has_its_card(built: Path, root: Path) -> None:
    for page in pages(built):
        html = BeautifulSoup(page.read_bytes(), "html.parser")
        told = {tag["property"]: str(tag["content"]) for tag in html.select("meta[property]")}
        assert below(told["og:url"], built, root) == page
        assert told["og:title"]
        assert told["og:description"]
        with Image.open(below(told["og:image"], built, root)) as card:
            assert card.size == (1200, 630)


def test_cards_differ_as_their_pages_do(built: Path) -> None:
    cards = [path.read_bytes() for path in built.glob("assets/cards/**/*.png")]
    assert len(set(cards)) == len(cards) == len(pages(built))


def test_every_page_carries_structured_data_of_its_own(built: Path, root: Path) -> None:
    for page in pages(built):
        html = BeautifulSoup(page.read_bytes(), "html.parser")
        (script,) = html.select('script[type="application/ld+json"]')
        told = json.loads(script.get_text())
        assert told["@context"] == "https://schema.org"
        assert told["@type"] == ("Book" if page.parent == built else "TechArticle")
        assert below(told["url"], built, root) == page
        assert told["description"] == html.select_one('meta[name="description"]')["content"]  # type: ignore[index]
