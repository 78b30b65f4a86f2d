"""What a listing is: a file of a chapter package, its language, its named sections."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from textwrap import dedent

LANGUAGES = {
    ".py": "python",
    ".mjs": "javascript",
    ".ts": "typescript",
    ".sql": "sql",
    ".sh": "shell",
    ".toml": "toml",
    ".yaml": "yaml",
    ".ini": "ini",
    ".md": "markdown",
}
# In a chapter's package, but no listings: records, exercises, and what JavaScript imports.
ASIDE = {"records", "exercises", "node_modules"}
NO_LISTING = {"__init__.py", "package.json", "package-lock.json"}
# The section syntax of pymdownx.snippets, alone on a line of comment: that line is not shown.
MARK = re.compile(
    r"^\s*(?:#|//|--|<!--)\s*-+8<-+[ \t]+\[[ \t]*(start|end)[ \t]*:[ \t]*([A-Za-z][\w-]*)[ \t]*\]"
)
ESCAPED = re.compile(r"(?m)^(\s*);(?=-+8<-)")  # how a sample for authors shows an include


@dataclass(frozen=True)
class Section:
    """A named part of a listing.

    Attributes:
        name: the name in its markers.
        lines: the file's line numbers it covers, from 1, without marker lines.
        text: what a page shows: dedented, no marker lines, no blank line at either end.
    """

    name: str
    lines: tuple[int, ...]
    text: str


@dataclass(frozen=True)
class Listing:
    """A file whose sections the book shows.

    Attributes:
        path: the file.
        source: the folder that module names are relative to (`src`).
    """

    path: Path
    source: Path

    @property
    def module(self) -> str:
        """The dotted name, such as `chapter1.databases.transfer`."""
        return ".".join(self.path.relative_to(self.source).with_suffix("").parts)

    @property
    def language(self) -> str:
        """One of `python javascript typescript sql shell toml yaml ini markdown`."""
        return LANGUAGES[self.path.suffix]

    @cached_property
    def text(self) -> str:
        """The whole file."""
        return self.path.read_text("utf-8")

    @cached_property
    def sections(self) -> dict[str, Section]:
        """The sections by name, in the order of their start markers."""
        lines = self.text.splitlines()
        marks = [MARK.match(line) for line in lines]
        spans: dict[str, list[int]] = {}
        open_names: set[str] = set()
        for number, mark in enumerate(marks, start=1):
            if mark and mark[1] == "start":
                open_names.add(mark[2])
                spans.setdefault(mark[2], [])
            elif mark:
                open_names.discard(mark[2])
            else:
                for name in open_names:
                    spans[name].append(number)
        return {name: section(name, lines, numbers) for name, numbers in spans.items()}

    @property
    def unbalanced(self) -> list[tuple[int, str]]:
        """Line and name of each marker without its partner, and of a name used twice."""
        wrong, open_at, closed = [], dict[str, int](), set[str]()
        for number, line in enumerate(self.text.splitlines(), start=1):
            mark = MARK.match(line)
            if mark and mark[1] == "start":
                if mark[2] in open_at or mark[2] in closed:
                    wrong.append((number, mark[2]))
                open_at[mark[2]] = number
            elif mark:
                if open_at.pop(mark[2], None) is None:
                    wrong.append((number, mark[2]))
                closed.add(mark[2])
        return wrong + [(number, name) for name, number in open_at.items()]

    def __str__(self) -> str:
        return self.path.relative_to(self.source.parent).as_posix()


def section(name: str, lines: list[str], numbers: list[int]) -> Section:
    """Cut the section `name` out of a file's `lines`, given its line numbers (from 1)."""
    text = dedent("\n".join(lines[number - 1] for number in numbers)).strip("\n")
    return Section(name, tuple(numbers), ESCAPED.sub(r"\1", text))


def find_listings(root: Path) -> list[Listing]:
    """Return every listing of the chapters below `root/src`, sorted by path.

    Raises:
        ValueError: a file is of no known language, two listings share a module name, or
            Markdown stands elsewhere than among the samples for authors.
    """
    found = [Listing(path, root / "src") for path in sorted(chapter_files(root))]
    names: dict[str, Listing] = {}
    for listing in found:
        if listing.path.suffix not in LANGUAGES:
            known = " ".join(LANGUAGES)
            raise ValueError(f"{listing}: no listing has this ending; use one of {known}")
        if listing.language == "markdown" and ".authoring." not in listing.module:
            raise ValueError(f"{listing}: Markdown is for samples below authoring/, not for code")
        other = names.setdefault(listing.module, listing)
        if other is not listing:
            raise ValueError(f"{listing} and {other} have the same name: rename one of them")
    return found


def chapter_files(root: Path) -> Iterator[Path]:
    """Yield the files of the chapter packages that are listings: all but these few."""
    parts = [part for part in (root / "src").glob("chapter*/*") if part.name not in ASIDE]
    for path in (path for part in parts for path in [part, *part.rglob("*")]):
        aside = "__pycache__" in path.parts or path.name in NO_LISTING
        editors = path.name.startswith(".") or path.name.endswith("~")
        if path.is_file() and not aside and not editors:
            yield path
