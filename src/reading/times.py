"""How long a page takes to read, by what stands on it unfolded.

Adults read English prose that is no story at about 238 words a minute on average (Brysbaert 2019,
https://doi.org/10.1016/j.jml.2019.104047). This counts slower: the words are full of new things.
"""

import re
from functools import lru_cache
from html.parser import HTMLParser
from math import ceil

from reading.glossary import VOID

WORDS_A_MINUTE = 180
SECONDS_A_LINE = 3  # of code or output
SECONDS_A_CHECK = 30
SECONDS_A_FIGURE = 30
HEADING = re.compile(r"(?<=</h1>)")
ASIDE = {"details", "svg", "script"}
ASIDE_BY_CLASS = {"check", "headerlink", "tabbed-labels"}


class Article(HTMLParser):
    """What a page's article has to read. What is folded is left out.

    Attributes:
        words: of prose.
        lines: of code and output.
        checks: quick checks.
        figures: drawings.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = self.lines = self.checks = self.figures = 0
        self._within = ["prose"]  # for each element we are in: prose, code or aside
        self._code = ""
        self._tabs = set[int]()  # how deep the tabs lie whose first one we have seen
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element."""
        classes = (dict(attrs).get("class") or "").split()
        self.checks += "check" in classes
        self.figures += tag == "figure" and "diagram" in classes
        if tag in VOID:
            return
        kind = "code" if tag == "pre" else self._within[-1]
        aside = tag in ASIDE or not ASIDE_BY_CLASS.isdisjoint(classes)
        if aside or self._within[-1] == "aside" or ("tabbed-block" in classes and self._is_again()):
            kind = "aside"
        self._within.append(kind)

    def _is_again(self) -> bool:
        """Say whether a tab begins that shows the one before it again, in the other language."""
        depth = len(self._within)
        seen = depth in self._tabs
        self._tabs.add(depth)
        return seen

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag in VOID or len(self._within) == 1:
            return
        self._tabs.discard(len(self._within))
        self._within.pop()
        if tag == "pre":
            self.lines += len(self._code.strip("\n").splitlines())
            self._code = ""

    def handle_data(self, data: str) -> None:
        """Read a text."""
        if self._within[-1] == "code":
            self._code += data
        elif self._within[-1] == "prose":
            self.words += len(data.split())


@lru_cache
def minutes(html: str) -> int:
    """Return the minutes for a page, given the HTML of its article."""
    article = Article(html)
    seconds = (
        article.lines * SECONDS_A_LINE
        + article.checks * SECONDS_A_CHECK
        + article.figures * SECONDS_A_FIGURE
    )
    return ceil(article.words / WORDS_A_MINUTE + seconds / 60)


def stated(html: str) -> str:
    """Return a page's article with its reading time below the title."""
    line = f'\n<p class="reading-time">About {minutes(html)} minutes</p>'
    return HEADING.sub(line, html, count=1)
