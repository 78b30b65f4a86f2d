"""The book on one page, `book.html`: to print, or to save as PDF from a browser.

It is joined from the finished pages, so it shows what they show: each listing with its output, all
tabs, all folds open, the answers of the checks below their questions. It needs no script but
to be dark for who reads in the dark; on paper it is light.
"""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from posixpath import normpath

from bs4 import BeautifulSoup, Tag

from listings import book
from listings.book import Entry
from listings.site import address

NAME = "book.html"
PARTS = ("chapter1/", "running/")
POINTING = ("href", "for", "aria-labelledby", "aria-describedby")
OF_THE_SCREEN = "script, input, .headerlink, .reading-time"
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}: the whole book</title>
{styles}
</head>
<body dir="ltr" data-md-color-scheme="default" data-md-color-primary="indigo">
<script src="assets/javascripts/scheme.js"></script>
<main><article class="md-typeset edition">
<h1>{title}</h1>
<p><a href="./">The site</a> has the same text, and its listings can be run there. {licence}</p>
<nav aria-label="Contents"><ul>
{contents}
</ul></nav>
{sections}
</article></main>
</body>
</html>
"""


def write(root: Path, site: Path, html: dict[str, BeautifulSoup]) -> None:
    """Write the edition into the built site.

    Args:
        root: the project's folder.
        site: the folder of the built site.
        html: its pages, by their file below it; they are taken apart.
    """
    about = book.read(root)
    chosen = [entry for entry in about.entries if entry.page.startswith(PARTS)]
    places = {address(entry.page): slug(entry) for entry in chosen}
    page = PAGE.format(
        title=escape(about.title),
        licence=escape(about.licence),
        styles="\n".join(map(str, html["index.html"].select('link[rel="stylesheet"]'))),
        contents="\n".join(
            f'<li><a href="#{slug(entry)}">{escape(entry.title)}</a></li>' for entry in chosen
        ),
        sections="\n".join(section(entry, html[file(entry)], places) for entry in chosen),
    )
    (site / NAME).write_text(page, "utf-8")


def slug(entry: Entry) -> str:
    """Return the id under which a page stands in the edition."""
    return address(entry.page).strip("/").replace("/", "-")


def file(entry: Entry) -> str:
    """Return a page's file below the built site."""
    return address(entry.page) + "index.html"


def section(entry: Entry, html: BeautifulSoup, places: dict[str, str]) -> str:
    """Return a page's article as a section of the edition.

    Args:
        entry: the page.
        html: it, parsed.
        places: the ids of the pages in the edition, by their address.
    """
    here = address(entry.page)
    (article,) = html.select("article")
    for part in article.select(OF_THE_SCREEN):
        part.decompose()
    for word in article.select("abbr, [data-figure]"):
        word.unwrap()
    unfold(html, article)
    for tag in article.find_all():
        point(tag, here, places)
    inside = article.decode_contents()
    return f'<section id="{places[here]}">{inside}</section>'


def unfold(html: BeautifulSoup, article: Tag) -> None:
    """Open what is folded, put tabs one below the other, and lower each heading by one."""
    for fold in article.select("details"):
        fold["open"] = ""
    for tabs in article.select(".tabbed-set"):
        for label, block in zip(tabs.select("label"), tabs.select(".tabbed-block"), strict=True):
            label.name = "p"
            label.attrs = {"class": "edition-tab"}
            block.insert(0, label.extract())
    for heading in article.find_all(re.compile(r"^h[1-5]$")):
        heading.name = f"h{int(heading.name[1]) + 1}"
    for number, table in enumerate(article.select("table"), 1):
        name = {"role": "group", "tabindex": "0", "aria-label": f"Table {number}"}
        table.wrap(html.new_tag("div", attrs={"class": "edition-table", **name}))


def point(tag: Tag, here: str, places: dict[str, str]) -> None:
    """Make the ids of a page its own in the edition, and let what points to them follow."""
    for name, value in list(tag.attrs.items()):
        if name == "id":
            tag[name] = f"{places[here]}--{value}"
        elif name in POINTING:
            tag[name] = " ".join(pointed(name, str(one), here, places) for one in words(value))
        elif isinstance(value, str) and "url(#" in value:
            tag[name] = value.replace("url(#", f"url(#{places[here]}--")


def words(value: str | list[str]) -> Iterator[str]:
    """Yield the words of an attribute, however it was parsed."""
    yield from value.split() if isinstance(value, str) else value


def pointed(name: str, value: str, here: str, places: dict[str, str]) -> str:
    """Return where an attribute's word points to, seen from the edition."""
    if name != "href":
        return f"{places[here]}--{value}"
    if re.match(r"[a-z]+:", value):
        return value
    path, _, anchor = value.partition("#")
    target = normpath(f"{here}{path}") + "/" if path else here
    if target in places:
        return f"#{places[target]}" + (f"--{anchor}" if anchor else "")
    return target.removesuffix("/").replace("..", ".") + "/" + (f"#{anchor}" if anchor else "")
