"""Quick checks: a question whose reader commits to an answer before any is explained.

In a page's Markdown, one stands like this; `prints:` is left out unless it is a prediction:

    !!! check "What is the last line?"
        prints: chapter1/databases/double_withdrawal.py:race 2

        - [ ] `20`

            Why somebody would say so, and where that ends.

        - [x] `-60`

            Why it is so.

A prediction stands before the listing that it is about. The number counts the lines of output
that the section states, from 1; without one, the last is meant. The right answer holds that line
as code.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from listings.fences import INCLUDE
from listings.pages import markdown_pages

OPENING = re.compile(r"^!!! check\b *(?P<question>\".+\")?")
PRINTS = re.compile(r"^ {4}prints: +(?P<path>[^: ]+):(?P<section>[\w-]+)(?: +(?P<number>\d+))? *$")
CHOICE = re.compile(r"^ {4}- \[(?P<mark>[ xX])\] +(?P<text>.*\S) *$")
CODE = re.compile(r"`+ ?(.+?) ?`+")


@dataclass
class Choice:
    """An answer to choose: whether it is right, its text, and the lines that explain it."""

    right: bool
    text: str
    why: list[str] = field(default_factory=list)

    @property
    def code(self) -> list[str]:
        """What stands in it as code."""
        return [code.strip() for code in CODE.findall(self.text)]


@dataclass
class Check:
    """A question of a page.

    Attributes:
        page: the Markdown file, relative to the project's folder.
        line: the line it opens on, from 1.
        question: what is asked.
        choices: the answers, in their order.
        prints: path, section and number of the line that a prediction is about.
        shown: path and section of what the page includes next: of the first two, for tabs.
    """

    page: str
    line: int
    question: str
    choices: list[Choice] = field(default_factory=list)
    prints: tuple[str, str, int | None] | None = None
    shown: list[tuple[str, str]] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Page and line, as editors and terminals link them."""
        return f"{self.page}:{self.line}"


def read(page: str, text: str) -> Iterator[Check]:
    """Yield the checks of a page, given its name and its Markdown."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if opening := OPENING.match(line):
            check = Check(page, number + 1, (opening["question"] or "").strip('"'))
            end = fill(check, lines, number + 1)
            included = (match for one in lines[end:] if (match := INCLUDE.match(one)))
            check.shown = [(one["path"], one["section"]) for one in islice(included, 2)]
            yield check


def fill(check: Check, lines: list[str], start: int) -> int:
    """Add to a check what stands below its first line; return the place behind its last one."""
    for place in range(start, len(lines)):
        line = lines[place]
        if line.strip() and not line.startswith("    "):
            return place
        if prints := PRINTS.match(line):
            count = int(prints["number"]) if prints["number"] else None
            check.prints = (prints["path"], prints["section"], count)
        elif choice := CHOICE.match(line):
            check.choices.append(Choice(choice["mark"] != " ", choice["text"]))
        elif check.choices and line.startswith(" " * 8):
            check.choices[-1].why.append(line.strip())
    return len(lines)


def find(root: Path) -> list[Check]:
    """Return the checks of all pages below `root/docs`."""
    pages = {path.relative_to(root).as_posix(): path for path in markdown_pages(root)}
    return [one for page, path in pages.items() for one in read(page, path.read_text("utf-8"))]
