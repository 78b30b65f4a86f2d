"""A Python-Markdown extension: a fence that includes a section becomes a `figure.listing`.

The preprocessor runs before pymdownx.snippets (priority 32) and notes module and section in the
fence's attributes while the include can still be seen. The postprocessor turns the highlighted
`div` itself into the figure: an element around it would part it from its annotations, which
Material looks for in the next sibling.
"""

import re
from html import escape
from pathlib import Path

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from listings.counts import Count
from listings.embedded import script
from listings.fences import FENCE, INCLUDE
from listings.listing import Listing
from listings.requirements import runs

BEFORE_SNIPPETS = 33
AFTER_RAW_HTML = 5
BLOCK = re.compile(
    r'<div class="(?P<classes>[^"]*)" data-listing="(?P<path>[^"]*)"'
    r' data-section="(?P<section>[^"]*)">(?P<body>.*?</pre>)</div>',
    re.DOTALL,
)


class NoteInclude(Preprocessor):
    """Write what a fence includes into its attributes."""

    def run(self, lines: list[str]) -> list[str]:
        """Return `lines` with the opening line of each including fence rewritten."""
        following = [*lines[1:], ""]
        return [self.noted(*pair) for pair in zip(lines, following, strict=True)]

    def noted(self, line: str, next_line: str) -> str:
        """Return `line`, with attributes if it opens a fence and `next_line` is an include."""
        fence, include = FENCE.match(line), INCLUDE.match(next_line)
        if not fence or not include:
            return line
        language, _, options = fence["info"].strip().strip("{}").strip().partition(" ")
        classes = "." + language.removeprefix(".")
        note = f'data-listing="{include["path"]}" data-section="{include["section"]}"'
        return f"{fence['indent']}{fence['ticks']}{{{classes} {options} {note}}}"


class MakeFigure(Postprocessor):
    """Turn each noted code block into the figure that design and scripts rely on."""

    def __init__(self, source: Path) -> None:
        super().__init__()
        self.source = source
        self.embedded: set[str] = set()

    def run(self, text: str) -> str:
        """Return the page's HTML with its figures."""
        self.embedded.clear()
        return BLOCK.sub(self.figure, text)

    def figure(self, block: re.Match[str]) -> str:
        """Return the figure for one code block, with the reason if a tab cannot run it."""
        listing = Listing(self.source / block["path"], self.source)
        where = runs(listing)
        attributes = {
            "module": listing.module,
            "section": block["section"],
            "language": listing.language,
            "runs": where.where,
        }
        note = ""
        if where.why:
            attributes["why"] = where.why
        if where.where == "recorded":
            note = f'<figcaption class="listing-note">Recorded: {escape(where.why)}.</figcaption>'
        data = "".join(f' data-{name}="{escape(value)}"' for name, value in attributes.items())
        inside = block["body"] + self.data(listing, where.where) + note
        return f'<figure class="listing {block["classes"]}"{data}>{inside}</figure>'

    def data(self, listing: Listing, where: str) -> str:
        """Return what the playground needs, in the first figure of each module on a page."""
        if where == "no" or listing.module in self.embedded:
            return ""
        self.embedded.add(listing.module)
        return script(listing)


class ListingsExtension(Extension):
    """The extension; its one option `source` is the folder of the listings."""

    def __init__(self, **options: str) -> None:
        self.config = {"source": ["src", "the folder that includes are relative to"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register the processors."""
        source = Path(self.getConfig("source")).resolve()
        md.preprocessors.register(NoteInclude(md), "listings-note", BEFORE_SNIPPETS)
        md.preprocessors.register(Count(source), "listings-count", BEFORE_SNIPPETS)
        md.postprocessors.register(MakeFigure(source), "listings-figure", AFTER_RAW_HTML)


def makeExtension(**options: str) -> ListingsExtension:  # noqa: N802 (Python-Markdown's name)
    """Make the extension, as `mkdocs.yml` names it."""
    return ListingsExtension(**options)
