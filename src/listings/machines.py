"""The site for programs that read it: `llms.txt`, and the Markdown of every page beside its HTML.

In that Markdown the includes are replaced by what they include, so that it stands by itself: a
section by its code and output, a drawing by the words that tell the same.
https://llmstxt.org
"""

import re
from pathlib import Path

from bs4 import BeautifulSoup

from listings import book
from listings.counts import Count
from listings.fences import INCLUDE
from listings.listing import Listing
from listings.site import address

FRONT_MATTER = re.compile(r"\A---\n(?P<fields>.*?)\n---\n+", re.DOTALL)
DESCRIPTION = re.compile(
    r"^description: (?:>-\n\s+)?(?P<text>.+?)(?=^\S|\Z)", re.DOTALL | re.MULTILINE
)
DRAWING = re.compile(r'--8<-- "(?P<path>figures/[^"]+\.svg)"')
FIGURE = re.compile(r"<figure class=\"diagram\">\n(.*?)</figure>", re.DOTALL)
CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.DOTALL)


def write(root: Path, site: Path) -> None:
    """Write `llms.txt` and the Markdown of the pages into the built site.

    Args:
        root: the project's folder.
        site: the folder of the built site.
    """
    about = book.read(root)
    parts: dict[str, list[str]] = {}
    for entry in about.entries:
        source = (root / "docs" / entry.page).read_text("utf-8")
        place = address(entry.page) + "index.md"
        (site / place).write_text(standing_alone(source, root), "utf-8")
        line = f"- [{entry.title}]({place}): {description(source)}".removesuffix(": ")
        parts.setdefault(entry.part, []).append(line)
    below = [f"\n## {part}\n\n" + "\n".join(lines) + "\n" for part, lines in parts.items()]
    head = f"# {about.title}\n\n> {about.description}\n"
    (site / "llms.txt").write_text(head + "".join(below), "utf-8")


def description(source: str) -> str:
    """Return the description in a page's front matter, as one line."""
    front = FRONT_MATTER.match(source)
    found = DESCRIPTION.search(front["fields"] + "\n") if front else None
    return " ".join(found["text"].split()) if found else ""


def standing_alone(source: str, root: Path) -> str:
    """Return a page's Markdown with nothing left to include."""
    text = FRONT_MATTER.sub("", source)
    text = FIGURE.sub(lambda figure: told(figure[1], root), text)
    lines = [included(line, root) for line in text.splitlines()]
    return "\n".join(Count(root / "src").run(lines)).strip() + "\n"


def told(figure: str, root: Path) -> str:
    """Return what a figure shows, in words."""
    caption = CAPTION.search(figure)
    words = [" ".join(caption[1].split())] if caption else []
    for drawing in DRAWING.finditer(figure):
        svg = (root / "docs" / "assets" / drawing["path"]).read_text("utf-8")
        parsed = BeautifulSoup(svg, "html.parser")
        words = [tag.get_text() for tag in parsed.select("svg > title, svg > desc")] + words
    return f"> Figure: {'. '.join(word.rstrip('.') for word in words)}.\n"


def included(line: str, root: Path) -> str:
    """Return a line, or the section that it includes, indented as the line is."""
    include = INCLUDE.match(line)
    if not include:
        return line
    source = root / "src"
    section = Listing(source / include["path"], source).sections[include["section"]]
    indent = line[: len(line) - len(line.lstrip())]
    return "\n".join(indent + one if one else one for one in section.text.splitlines())
