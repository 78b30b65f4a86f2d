"""How long a page takes to read, by what stands on it unfolded.

Adults read English prose that is no story at about 238 words a minute on average (Brysbaert 2019,
https://doi.org/10.1016/j.jml.2019.104047). This counts slower: the words are full of new things.
"""

import re
from math import ceil

from bs4 import BeautifulSoup

WORDS_A_MINUTE = 180
SECONDS_A_LINE = 3  # of code or output
SECONDS_A_CHECK = 30
SECONDS_A_FIGURE = 30
HEADING = re.compile(r"(?<=</h1>)")


def minutes(html: str) -> int:
    """Return the minutes for a page, given the HTML of its article. What is folded is left out."""
    article = BeautifulSoup(html, "html.parser")
    checks, figures = len(article.select(".check")), len(article.select("figure.diagram"))
    for aside in article.select("details, .check, svg, script, .headerlink, .tabbed-labels"):
        aside.decompose()
    for block in article.select(".tabbed-block ~ .tabbed-block"):
        block.decompose()  # the same again, in the other language
    lines = 0
    for code in article.select("pre"):
        lines += len(code.get_text().strip("\n").splitlines())
        code.decompose()
    words = len(article.get_text(" ").split())
    seconds = lines * SECONDS_A_LINE + checks * SECONDS_A_CHECK + figures * SECONDS_A_FIGURE
    return ceil(words / WORDS_A_MINUTE + seconds / 60)


def stated(html: str) -> str:
    """Return a page's article with its reading time below the title."""
    line = f'\n<p class="reading-time">About {minutes(html)} minutes</p>'
    return HEADING.sub(line, html, count=1)
