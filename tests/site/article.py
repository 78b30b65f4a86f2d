"""What a reader sees of a built page, read from its HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from bs4 import BeautifulSoup, Tag

PROSE = [
    "p",
    "li",
    "td",
    "th",
    "dd",
    "dt",
    "figcaption",
    "summary",
    "h1",
    "h2",
    "h3",
    "h4",
    "label",
]
HEADING = re.compile(r"h[1-4]")


@dataclass(frozen=True)
class Article:
    """The text part of a page of the built site, or the part of it below one heading.

    Attributes:
        parts: its elements, in the page's order.
    """

    parts: tuple[Tag, ...]

    @classmethod
    def read(cls, site: Path, address: str) -> "Article":
        """Read the page at `address`, or with `#anchor` only what stands below that heading.

        Raises:
            FileNotFoundError: there is no such page.
            LookupError: the page has no such anchor.
        """
        page, _, anchor = address.partition("#")
        (article,) = parsed(site / page / "index.html").select("article")
        if not anchor:
            return cls((article,))
        for start in article.find_all(id=anchor):
            return cls(tuple(below(start)))
        raise LookupError(f"{page} has no anchor {anchor!r}")

    @property
    def blocks(self) -> list[str]:
        """The text of each paragraph, cell, list item, heading and code block."""
        wanted = (tag for part in self.parts for tag in [part, *part.find_all([*PROSE, "pre"])])
        return [plain(tag) for tag in wanted]

    @property
    def tables(self) -> list[str]:
        """The header cells of each table, joined by ` | `."""
        rows = [row for part in self.parts for row in part.select("thead tr")]
        return [" | ".join(plain(cell) for cell in row.find_all(["th", "td"])) for row in rows]

    @property
    def figures(self) -> list[str]:
        """The titles of the drawings."""
        return [
            plain(title) for part in self.parts for title in part.select(".diagram svg > title")
        ]

    @property
    def listings(self) -> list[str]:
        """Module and section of each listing, joined by a colon."""
        figures = [figure for part in self.parts for figure in [part, *part.find_all("figure")]]
        return [
            f"{figure['data-module']}:{figure['data-section']}"
            for figure in figures
            if figure.has_attr("data-module")
        ]

    @cached_property
    def unfolded(self) -> BeautifulSoup:
        """A copy without what is folded away when the page opens."""
        copy = BeautifulSoup("".join(map(str, self.parts)), "html.parser")
        for folded in copy.find_all("details"):
            folded.decompose()
        return copy

    @property
    def visible_listings(self) -> list[int]:
        """The number of lines of each listing that is not folded; tabs count as their longest."""
        found = []
        for figure in self.unfolded.select("figure.listing"):
            tabs = figure.find_parent(class_="tabbed-set")
            lines = len(figure.pre.get_text().strip("\n").splitlines()) if figure.pre else 0
            if isinstance(tabs, Tag):
                tabs["data-lines"] = str(max(lines, int(str(tabs.get("data-lines", "0")))))
            else:
                found.append(lines)
        tabbed = self.unfolded.select(".tabbed-set[data-lines]")
        return found + [int(str(tabs["data-lines"])) for tabs in tabbed]

    @property
    def words(self) -> int:
        """The number of words of prose that are not folded away.

        Code, drawings and quick checks are left out: those have limits of their own.
        """
        copy = BeautifulSoup(str(self.unfolded), "html.parser")
        for other in copy.select("pre, svg, .headerlink, .check"):
            other.decompose()
        return len(copy.get_text(" ").split())

    @property
    def questions(self) -> int:
        """The number of questions a reader can check an answer of."""
        return sum(len(part.select(".check")) for part in self.parts)


@cache
def parsed(page: Path) -> BeautifulSoup:
    """Parse a page, once."""
    return BeautifulSoup(page.read_bytes(), "html.parser")


def below(start: Tag) -> Iterator[Tag]:
    """Yield `start` and what follows it, up to the next heading that is not below it."""
    yield start
    for sibling in start.find_next_siblings():
        if HEADING.fullmatch(start.name) and sibling.name in {
            f"h{level}" for level in range(1, int(start.name[1]) + 1)
        }:
            return
        yield sibling


def plain(tag: Tag) -> str:
    """Return the text of an element as one line."""
    return " ".join(tag.get_text().split())
