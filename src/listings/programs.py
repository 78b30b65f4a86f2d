"""What a Python program uses: its own file, and the modules of ours that it imports."""

import ast
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from listings.listing import Listing
from listings.names import called, imported, repeated


@dataclass(frozen=True, eq=False)  # the same text gives the same object
class Uses:
    """The full dotted names that a Python file uses.

    Attributes:
        imported: what it imports.
        called: what it calls, one for each place that calls.
        looped: what it calls in a loop or comprehension.
    """

    imported: frozenset[str]
    called: tuple[str, ...]
    looped: frozenset[str]


def modules(listing: Listing) -> dict[Path, Uses]:
    """Return what `listing` and all modules of ours that it imports use, by their files."""
    known = ours(listing.source)
    waiting, found = [listing.path], dict[Path, Uses]()
    while waiting:
        path = waiting.pop()
        if path in found or not path.exists():
            continue
        found[path] = uses(path, path.read_text("utf-8"))
        for name in found[path].imported:
            parts = name.split(".")
            for length in range(1, len(parts) + 1 if parts[0] in known else 1):
                module = listing.source.joinpath(*parts[:length])
                waiting += [module.with_suffix(".py"), module / "__init__.py"]
    return found


def ours(source: Path) -> set[str]:
    """Return the names of the packages and modules in the folder of the listings."""
    return {path.stem for path in source.iterdir()}


@lru_cache(maxsize=1024)
def uses(path: Path, text: str) -> Uses:
    """Return what a Python file uses, given its text as it is now."""
    tree = ast.parse(text, str(path))
    everything, again = called(ast.walk(tree), tree), called(repeated(tree), tree)
    return Uses(frozenset(imported(tree)), tuple(everything), frozenset(again))
