"""Fenced code blocks in Markdown, and what may stand in one: an include, in its language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from listings.listing import LANGUAGES
from listings.problem import Problem

INCLUDE = re.compile(r'^[ \t>]*--8<--[ \t]+"(?P<path>[^":]+):(?P<section>[\w-]+)"[ \t]*$')
FIGURE = re.compile(r'^[ \t]*--8<--[ \t]+"figures/[\w-]+\.svg"[ \t]*$')  # drawings stand in prose
SCISSORS = re.compile(r"^[ \t>]*-+8<-+")
FENCE = re.compile(r"^(?P<indent>[ \t>]*)(?P<ticks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
ADD_A_LISTING = "put the code into a file below src/, in a named section, and include that"
ALSO_CALLED = {
    "py": "python",
    "js": "javascript",
    "ts": "typescript",
    "sh": "shell",
    "bash": "shell",
    "md": "markdown",
}


@dataclass(frozen=True)
class Fence:
    """A fenced code block: the line it opens on (from 1), its language, and what it holds."""

    line: int
    language: str
    body: list[str]


def fences(lines: list[str]) -> Iterator[Fence]:
    """Yield the fenced code blocks of a page, given its lines; an unclosed one ends with it."""
    ticks, start, language = "", 0, ""
    for number, line in enumerate(lines, start=1):
        fence = FENCE.match(line)
        if fence and not ticks:
            ticks, start = fence["ticks"], number
            name = (re.findall(r"[\w+-]+", fence["info"]) or [""])[0]
            language = ALSO_CALLED.get(name, name)
        elif fence and fence["ticks"].startswith(ticks) and not fence["info"].strip():
            yield Fence(start, language, lines[start : number - 1])
            ticks = ""
    if ticks:
        yield Fence(start, language, lines[start:])


def faults(page: str, text: str) -> list[Problem]:
    """Find fences of a page that hold anything but one include, and includes outside a fence."""
    lines = text.splitlines()
    problems, inside = [], set()
    for fence in fences(lines):
        inside |= set(range(fence.line + 1, fence.line + 1 + len(fence.body)))
        include = INCLUDE.match(fence.body[0]) if len(fence.body) == 1 else None
        if include is None:
            code = next((line.strip() for line in fence.body if line.strip()), "")
            what = f"this code block is pasted, not included: {code!r}"
            problems.append(Problem(f"{page}:{fence.line}", what, ADD_A_LISTING))
        elif fence.language != (language := LANGUAGES.get(PurePath(include["path"]).suffix, "")):
            what = f"this fence says {fence.language!r}, and the listing is in {language}"
            problems.append(Problem(f"{page}:{fence.line}", what, "name the listing's language"))
    for number, line in enumerate(lines, start=1):
        if SCISSORS.match(line) and number not in inside and not FIGURE.match(line):
            remedy = "put it into a fence of its own, with the listing's language"
            problems.append(Problem(f"{page}:{number}", "an include outside a fence", remedy))
    return problems
