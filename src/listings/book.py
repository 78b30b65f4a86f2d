"""What `mkdocs.yml` says of the book, for what is written beside MkDocs's own pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.utils.yaml import yaml_load


@dataclass(frozen=True)
class Entry:
    """A page of the navigation.

    Attributes:
        part: the part of the navigation that it stands in, such as "1.4 Databases".
        title: its name there.
        page: its Markdown file, relative to `docs`.
    """

    part: str
    title: str
    page: str


@dataclass(frozen=True)
class Book:
    """The book: its title, a sentence or two on it, its licence, and its pages in their order."""

    title: str
    description: str
    licence: str
    entries: list[Entry]


def read(root: Path) -> Book:
    """Return what the book's configuration says of it, without loading MkDocs's plugins."""
    config: dict[str, Any] = yaml_load((root / "mkdocs.yml").read_text("utf-8"))
    about = (config["site_name"], config["site_description"], config["copyright"])
    return Book(*about, list(entries(config["nav"])))


def entries(nav: list[Any], part: str = "Start") -> Iterator[Entry]:
    """Yield the pages of a navigation, in its order."""
    for item in nav:
        for title, below in item.items():
            if isinstance(below, str):
                yield Entry(part, title, below)
            else:
                yield from entries(below, title)
