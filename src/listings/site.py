"""The code blocks of the built site, read from its HTML: the second inventory.

It knows nothing of Markdown, so it sees code that came onto a page in any way at all.
"""

from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from listings import pages
from listings.fences import ADD_A_LISTING
from listings.listing import Listing
from listings.problem import Problem


@dataclass(frozen=True)
class Block:
    """A block of code on a built page.

    Attributes:
        page: the HTML file, relative to the site's folder.
        module: the listing it claims to show; empty if it claims none.
        section: the section it claims to show.
        language: the language it claims to be in.
        code: its text, without blank lines at either end.
    """

    page: str
    module: str
    section: str
    language: str
    code: str

    @property
    def address(self) -> str:
        """The page's address below the site's root."""
        return self.page.removesuffix("index.html")


def read(site: Path) -> dict[str, BeautifulSoup]:
    """Return the HTML pages below `site`, parsed, by their file's name below it.

    `reference/` is exempt, and `book.html`, which is joined from the pages.
    """
    names = sorted(path.relative_to(site).as_posix() for path in site.glob("**/*.html"))
    return {
        name: BeautifulSoup((site / name).read_bytes(), "html.parser")
        for name in names
        if not name.startswith(("reference/", "book.html"))
    }


def blocks(html: dict[str, BeautifulSoup]) -> list[Block]:
    """Return every code block of the pages that `read` returned."""
    return [
        block(page, pre)
        for page, tree in html.items()
        for pre in tree.find_all("pre")
        if not pre.find_parent(class_="listing-output")
    ]


def block(page: str, pre: Tag) -> Block:
    """Read one `pre` element, and the figure it stands in, if any."""
    figure = pre.find_parent("figure", class_="listing")
    data = figure.attrs if isinstance(figure, Tag) else {}
    module, section, language = (
        str(data.get(f"data-{name}", "")) for name in ("module", "section", "language")
    )
    return Block(page, module, section, language, pre.get_text().strip("\n"))


def problems(root: Path, found: list[Block]) -> list[Problem]:
    """Find code on the built site that is no section, and sections it does not show.

    Args:
        root: the project's folder.
        found: the code blocks of the built site.
    """
    listings = {listing.module: listing for listing in pages.sources(root).values()}
    wrong = [fault(root, block, listings) for block in found]
    return sorted([problem for problem in wrong if problem] + disagreements(root, found, listings))


def fault(root: Path, block: Block, listings: dict[str, Listing]) -> Problem | None:
    """Say what is wrong with one code block, or return None."""
    first = block.code.split("\n", 1)[0].strip()
    listing = listings.get(block.module)
    section = listing.sections.get(block.section) if listing else None
    if not block.module:
        what = f"this code block is pasted, not included: {first!r}"
        return Problem(markdown_place(root, block, first), what, ADD_A_LISTING)
    if listing is None or section is None:
        what = f"it claims to show {block.module}:{block.section}, which does not exist"
    elif block.code != section.text or block.language != listing.language:
        what = f"what it shows differs from the section {block.section!r} of {listing}"
    else:
        return None
    remedy = "include the section alone in its fence, and build the site anew"
    return Problem(markdown_place(root, block, first), what, remedy)


def markdown_place(root: Path, block: Block, first: str) -> str:
    """Find the Markdown line that a code block came from, given its first line of code."""
    stem = block.address.rstrip("/") or "index"
    for name in (f"{stem}.md", f"{stem}/index.md"):
        source = root / "docs" / name
        if source.exists():
            lines = source.read_text("utf-8").splitlines()
            wanted = f"{block.section}" if block.module else first
            line = next((number for number, text in enumerate(lines, 1) if wanted in text), 1)
            return f"docs/{name}:{line}"
    return block.page


def disagreements(root: Path, found: list[Block], listings: dict[str, Listing]) -> list[Problem]:
    """Compare both inventories: what the Markdown includes, and what the HTML shows."""
    names = {str(one.path.relative_to(one.source)): one.module for one in listings.values()}
    shown = {(block.address, block.module, block.section) for block in found if block.module}
    included = {
        (address(include.page), names.get(include.path, include.path), include.section): include
        for include in pages.includes(root)
    }
    missing = [
        Problem(
            include.place,
            f"the built page does not show {key[1]}:{key[2]}",
            "put the include into a fence of its own, and build the site anew",
        )
        for key, include in included.items()
        if key not in shown
    ]
    return missing + [
        Problem(
            key[0],
            f"it shows {key[1]}:{key[2]}, which its Markdown does not include",
            "build the site anew",
        )
        for key in sorted(shown - set(included))
    ]


def address(page: str) -> str:
    """Return the address below the site's root of the Markdown file `page`."""
    path = page.removeprefix("docs/").removesuffix(".md")
    return (path + "/").removesuffix("index/")
