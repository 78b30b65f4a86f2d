"""Where pages include listings, read from their Markdown: the first of two inventories."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from listings.annotations import unpaired
from listings.fences import INCLUDE, faults
from listings.listing import Listing, find_listings
from listings.outputs import misplaced
from listings.problem import Problem
from listings.records import orphans


@dataclass(frozen=True)
class Include:
    """A place where a page shows a section.

    Attributes:
        page: the Markdown file, relative to the project's folder.
        line: the line of the include, from 1.
        path: the file it names, relative to `src`.
        section: the section it names.
    """

    page: str
    line: int
    path: str
    section: str

    @property
    def place(self) -> str:
        """Page and line, as editors and terminals link them."""
        return f"{self.page}:{self.line}"


def sources(root: Path) -> dict[str, Listing]:
    """Return all files whose sections a page may show, by path relative to `root/src`.

    These are the chapters' listings, and the files of the User Service that have a section.
    """
    src = root / "src"
    shown = {str(listing.path.relative_to(src)): listing for listing in find_listings(root)}
    for path in sorted(src.glob("user_service/**/*.*")):
        listing = Listing(path, src)
        if path.suffix in {".py", ".yaml", ".ini"} and listing.sections:
            shown.setdefault(str(path.relative_to(src)), listing)
    return shown


def markdown_pages(root: Path) -> Iterator[Path]:
    """Yield the Markdown pages below `root/docs`, sorted; those of `reference/` are exempt."""
    docs = root / "docs"
    for path in sorted(docs.glob("**/*.md")):
        if path.relative_to(docs).parts[0] != "reference":
            yield path


def includes(root: Path) -> list[Include]:
    """Return every include of a section on the pages below `root/docs`."""
    found = []
    for path in markdown_pages(root):
        page = path.relative_to(root).as_posix()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if match := INCLUDE.match(line):
                found.append(Include(page, number, match["path"], match["section"]))
    return found


def misused(root: Path) -> list[Problem]:
    """Find pasted code, includes outside a fence, and annotations without their explanation."""
    known = sources(root)
    problems = []
    for path in markdown_pages(root):
        page, text = path.relative_to(root).as_posix(), path.read_text("utf-8")
        problems += faults(page, text) + unpaired(page, text, known)
    return problems


def unknown(root: Path) -> list[Problem]:
    """Find includes of a file or a section that does not exist."""
    known = sources(root)
    problems = []
    for include in includes(root):
        listing = known.get(include.path)
        if listing is None:
            what = f"src/{include.path} is no listing"
            remedy = "correct the path, or write the file"
        elif include.section not in listing.sections:
            what = f"{listing} has no section {include.section!r}"
            remedy = f"it has: {', '.join(listing.sections) or 'none yet; add its two markers'}"
        else:
            continue
        problems.append(Problem(include.place, what, remedy))
    return problems


def unshown(root: Path) -> list[Problem]:
    """Find sections that no page includes, and listings without a section."""
    shown = {(include.path, include.section) for include in includes(root)}
    problems = []
    for path, listing in sources(root).items():
        for name, section in listing.sections.items():
            if (path, name) not in shown:
                place = f"{listing}:{section.lines[0] - 1 if section.lines else 1}"
                what = f"no page shows the section {name!r}"
                remedy = f'include it (--8<-- "{path}:{name}") or remove its markers'
                problems.append(Problem(place, what, remedy))
        for number, name in listing.unbalanced:
            what = f"the marker of the section {name!r} has no partner, or the name is used twice"
            problems.append(Problem(f"{listing}:{number}", what, "pair each start with one end"))
        if not listing.sections:
            remedy = "mark what a page shows with [start:name] and [end:name], or delete the file"
            problems.append(Problem(str(listing), "this listing has no section", remedy))
    return problems


def problems(root: Path) -> list[Problem]:
    """Return all faults that can be seen without building the site or running a listing."""
    scripts = [listing for listing in find_listings(root) if listing.language == "python"]
    wrong_place = [problem for listing in scripts for problem in misplaced(listing)]
    return sorted(misused(root) + unknown(root) + unshown(root) + wrong_place + orphans(root))
