"""What a page carries about a listing that the playground can run or replay, as JSON.

The keys: `module`, `language`, `needs`, `path`; `files`, the text of every file of ours that the
program reads, by its path below `src`; `sections`, the pairs of first and last line (from 1) that
each section shows; `record`, pairs of second and line as CI saw them, or null; `verified`, the
versions by name, or null.
"""

import json
from itertools import groupby
from pathlib import Path

from listings import records
from listings.listing import Listing, Section
from listings.programs import modules
from listings.requirements import needs, runs
from listings.verified import verified_on


def script(listing: Listing) -> str:
    """Return the `script` element that holds the data of `listing`; no browser executes it."""
    return f'<script type="application/json" class="listing-data">{encoded(data(listing))}</script>'


def encoded(value: dict[str, object]) -> str:
    """Return `value` as JSON that is harmless in a `script` element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Nothing in it may end the element, or open a comment that swallows its end.
    return text.replace("</", r"<\/").replace("<!", r"\u003c!")


def data(listing: Listing) -> dict[str, object]:
    """Return what the page carries about `listing`."""
    record = records.path_of(listing)
    shown = listing.sections.items()
    return {
        "module": listing.module,
        "language": listing.language,
        "needs": needs(listing),
        "path": listing.path.relative_to(listing.source).as_posix(),
        "files": files(listing),
        "sections": {name: spans(listing, section) for name, section in shown},
        "record": json.loads(record.read_text("utf-8")) if record.exists() else None,
        "verified": verified_on(listing.source.parent, listing),
    }


def files(listing: Listing) -> dict[str, str]:
    """Return the text of the files that `listing` needs to run, by path below `src`.

    A listing that is only replayed needs its own: that is what a reader looks at.
    """
    paths = program(listing) if runs(listing).where == "tab" else {listing.path}
    return {
        path.relative_to(listing.source).as_posix(): path.read_text("utf-8")
        for path in sorted(paths)
    }


def program(listing: Listing) -> set[Path]:
    """Return the listing's file, our modules that it imports, and the SQL of their packages."""
    if listing.language != "python":
        return {listing.path}
    found = modules(listing)
    packages = [path.parent for path in found if path.name == "__init__.py"]
    return {*found, *(path for package in packages for path in package.rglob("*.sql"))}


def spans(listing: Listing, section: Section) -> list[tuple[int, int]]:
    """Return the first and last line of each run of lines that `section` shows."""
    lines = listing.text.splitlines()
    shown = [number for number in section.lines if lines[number - 1].strip()]
    if not shown:
        return []
    wanted = [number for number in section.lines if shown[0] <= number <= shown[-1]]
    numbered = enumerate(wanted)
    runs_of_lines = groupby(numbered, key=lambda pair: pair[1] - pair[0])
    together = [[number for _, number in pairs] for _, pairs in runs_of_lines]
    return [(numbers[0], numbers[-1]) for numbers in together]
