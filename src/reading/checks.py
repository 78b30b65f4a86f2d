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

from listings import records
from listings.fences import INCLUDE
from listings.listing import Listing
from listings.outputs import output_line
from listings.pages import markdown_pages, sources
from listings.problem import Problem

OPENING = re.compile(r"^!!! check\b *(?P<question>\".+\")?")
PRINTS = re.compile(r"^ {4}prints: +(?P<path>[^: ]+):(?P<section>[\w-]+)(?: +(?P<number>\d+))? *$")
CHOICE = re.compile(r"^ {4}- \[(?P<mark>[ xX])\] +(?P<text>.*\S) *$")
CODE = re.compile(r"`+ ?(.+?) ?`+")
FEWEST = 3  # answers; of two, one guesses


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


def problems(root: Path) -> list[Problem]:
    """Return what is wrong with the checks of all pages below `root/docs`."""
    known = sources(root)
    return [
        Problem(check.place, what, remedy)
        for check in find(root)
        for what, remedy in [*unfit(check), *unlike(check, known)]
    ]


def unfit(check: Check) -> Iterator[tuple[str, str]]:
    """Yield what the form of a check lacks, each with its remedy."""
    if not check.question:
        yield "a check without its question", 'write it behind `!!! check`, in "quotation marks"'
    if len(check.choices) < FEWEST:
        what = f"{len(check.choices)} answers, too few to be more than a guess"
        yield what, f"write at least {FEWEST}, each as `- [ ] …` on one line, indented by 4"
    if (right := sum(choice.right for choice in check.choices)) != 1:
        yield f"{right} right answers", "mark one with `[x]`, and the others with `[ ]`"
    for choice in check.choices:
        if not choice.why:
            what = f"the answer {choice.text!r} has no explanation"
            yield what, "explain it below, after an empty line, indented by 8"


def unlike(check: Check, known: dict[str, Listing]) -> Iterator[tuple[str, str]]:
    """Yield what sets a prediction apart from what its listing printed, each with its remedy."""
    if check.prints is None:
        return
    path, name, number = check.prints
    try:
        line = printed(known, path, name, number)
    except LookupError as problem:
        yield str(problem), "correct the line `prints:`"
        return
    if (path, name) not in check.shown:
        yield f"{path}:{name} is not the next listing", "put the prediction right before it"
    for choice in check.choices:
        if choice.right != (line.strip() in choice.code):
            kind = "right" if choice.right else "wrong"
            what = f"the listing printed {line!r}, and the {kind} answer is {choice.text!r}"
            yield what, "write the right answer as the listing printed it, and explain it anew"


def printed(known: dict[str, Listing], path: str, name: str, number: int | None) -> str:
    """Return the line that a listing's record has at a place of a section.

    Args:
        known: the listings by their path below `src`.
        path: the listing's path.
        name: the section's name.
        number: which of the lines of output that the section states, from 1; None for the last.

    Raises:
        LookupError: there is no such listing, section, line, or no record.
    """
    listing = known.get(path)
    section = listing.sections.get(name) if listing else None
    if listing is None or section is None:
        raise LookupError(f"there is no listing {path}:{name}")
    lines = listing.text.splitlines()
    stated = [at for at, one in enumerate(lines, 1) if output_line(listing, one) is not None]
    here = [place for place, at in enumerate(stated) if at in section.lines]
    record = records.printed(listing)
    if record is None or len(record) != len(stated):
        raise LookupError(f"{path} has no record as it is now: run make quick")
    if not here or (number is not None and not 1 <= number <= len(here)):
        raise LookupError(f"{path}:{name} states {len(here)} lines of output")
    return record[here[-1 if number is None else number - 1]]
