"""A Python-Markdown extension: quick checks as HTML that needs no script.

Each answer becomes a `details` that opens on its explanation; in the browser,
`assets/javascripts/checks.js` makes a form of them. The search finds the question and none of the
answers, so that it gives nothing away.
"""

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from reading.checks import CHOICE, OPENING, PRINTS

BEFORE_SNIPPETS = 33
ANY = 0  # the place among those that change the tree


class MakeChoices(Preprocessor):
    """Writes a check in the syntax of the extensions for admonitions and details."""

    def run(self, lines: list[str]) -> list[str]:
        """Return `lines` with each check rewritten."""
        written: list[str] = []
        inside = False
        for line in lines:
            if OPENING.match(line):
                inside = True
            elif line.strip() and not line.startswith("    "):
                inside = False
            if inside and (prints := PRINTS.match(line)):
                classes = f"check predict of-{prints['section']}"
                written[-1] = written[-1].replace("check", classes, 1)
            elif inside and (choice := CHOICE.match(line)):
                right = "" if choice["mark"] == " " else " right"
                written += [f'    ??? choice{right} "{choice["text"]}"']
            else:
                written.append(line)
        return written


class HideFromSearch(Treeprocessor):
    """Tells Material's search to leave the answers of the checks out."""

    def run(self, root: Element) -> None:
        """Mark each answer below `root`."""
        for fold in root.iter("details"):
            if "choice" in fold.get("class", "").split():
                fold.set("data-search-exclude", "")


class ReadingExtension(Extension):
    """The extension; it has no options."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register both processors."""
        md.preprocessors.register(MakeChoices(md), "reading-checks", BEFORE_SNIPPETS)
        md.treeprocessors.register(HideFromSearch(md), "reading-search", ANY)


def makeExtension(**options: str) -> ReadingExtension:  # noqa: N802 (Python-Markdown's name)
    """Make the extension, as `mkdocs.yml` names it."""
    return ReadingExtension(**options)
