"""The glossary's words on the other pages: their first use carries the definition as a tooltip.

The one source is the glossary page itself: a term, linked to the page that explains it, and below
it the definition.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from posixpath import join, normpath

ENTRY = re.compile(
    r"^\[(?P<term>[^]]+)\]\((?P<link>[^)#]+)[^)]*\)\n: +(?P<means>.+)$", re.MULTILINE
)
# They also mean something else on these pages, so a tooltip would often be wrong.
AMBIGUOUS = {
    "Acknowledge", "Column", "Dictionary", "fork", "Layer", "lock", "Page", "Pipeline",
    "Processing", "Row", "Snapshot", "Stream", "Strict mode", "Table", "Task", "Transmission",
}  # fmt: skip
# Tags and, as a whole, what holds no prose; then the elements whose words are no plain text.
TOKEN = re.compile(
    r"(<(?:script|svg|pre|style)\b.*?</(?:script|svg|pre|style)>|<[^>]*>)", re.DOTALL
)
TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z0-9-]+)(?P<rest>[^>]*)>")
CLOSED = {"a", "abbr", "button", "code", "dt", "h1", "h2", "h3", "h4", "label", "summary", "th"}
VOID = {"br", "hr", "img", "input", "wbr"}
CLOSED_CLASS = re.compile(r'class="[^"]*\b(?:check|admonition-title)\b')


@dataclass(frozen=True)
class Term:
    """A word of the glossary: the page that explains it, relative to `docs`, and its meaning."""

    name: str
    page: str
    means: str

    @property
    def pattern(self) -> str:
        """What its uses look like: in the plural too, and at the beginning of a sentence."""
        first, rest = self.name[0], re.escape(self.name[1:])
        either = (
            f"[{first.upper()}{first.lower()}]" if self.name[1:].islower() else re.escape(first)
        )
        return f"{either}{rest}(?:s|es)?"


@lru_cache
def terms(glossary: str, folder: str) -> tuple[Term, ...]:
    """Return the terms of a glossary that mean one thing wherever they stand.

    Args:
        glossary: the page's Markdown.
        folder: the one it stands in, relative to `docs`.
    """
    return tuple(
        Term(entry["term"], normpath(join(folder, entry["link"])), plain(entry["means"]))
        for entry in ENTRY.finditer(glossary)
        if entry["term"] not in AMBIGUOUS and "(" not in entry["term"]
    )


def plain(markdown: str) -> str:
    """Return a definition without its signs for code and emphasis."""
    return re.sub(r"[`*]", "", markdown)


@lru_cache  # while an author writes on one page, the others stay as they are
def explained(html: str, page: str, words: tuple[Term, ...]) -> str:
    """Return a page's HTML with the first use of each term marked.

    Args:
        html: what stands in the page's article.
        page: its Markdown file, relative to `docs`; the terms it explains itself are left out.
        words: the terms.
    """
    longest = sorted((one for one in words if one.page != page), key=lambda one: -len(one.name))
    either = "|".join(f"({term.pattern})" for term in longest)
    left = set(longest)

    def mark(use: re.Match[str]) -> str:
        term = longest[(use.lastindex or 1) - 1]
        if term not in left:
            return use[0]
        left.remove(term)
        return f'<abbr title="{escape(term.means)}" tabindex="0">{use[0]}</abbr>'

    uses = re.compile(rf"(?<![\w+-])(?:{either})(?![\w+-])")
    parts = pieces(html) if longest else [(html, False)]
    return "".join(uses.sub(mark, text) if is_prose else text for text, is_prose in parts)


def pieces(html: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a page's HTML in order, and whether each is prose that may be marked."""
    closed: list[str] = []  # the elements we are in, from the first that is closed to marks
    for token in TOKEN.split(html):
        tag = TAG.fullmatch(token)
        if tag and tag["name"] not in VOID and not token.startswith(("<script", "<svg", "<pre")):
            if tag["end"]:
                if closed:
                    closed.pop()
            elif closed or tag["name"] in CLOSED or CLOSED_CLASS.search(tag["rest"]):
                closed.append(tag["name"])
        yield token, not closed and not token.startswith("<")
