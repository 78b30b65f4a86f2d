"""What a listing needs and whether a browser tab can run it: read off its code, never declared.

The limits of the tab are those of Pyodide (no threads, no processes, no raw sockets) and of
PGlite (one database session at a time).
"""

import ast
import sys
from dataclasses import dataclass

from listings.listing import Listing

SERVERS = {"asyncpg": "postgresql", "redis": "valkey"}
THREADS = "it starts threads, and a browser tab gives Python none"
PROCESSES = "it starts processes, and a browser tab has none"
SOCKETS = "it opens raw sockets, and a browser tab has none"
SESSIONS = "it holds two database sessions at once, and the tab's PostgreSQL has one"
NODE = "it uses modules of Node that a browser does not have"
BEYOND_A_TAB = {  # imported modules and called functions
    "threading": THREADS,
    "concurrent": THREADS,
    "asyncio.to_thread": THREADS,
    "run_in_executor": THREADS,
    "multiprocessing": PROCESSES,
    "subprocess": PROCESSES,
    "asyncio.create_subprocess_exec": PROCESSES,
    "asyncio.create_subprocess_shell": PROCESSES,
    "os.fork": PROCESSES,
    "socket": SOCKETS,
    "create_datagram_endpoint": SOCKETS,
}
NEVER = {
    "shell": "a shell belongs to your own machine: open a terminal and type along",
    "toml": "it is a file to read, not a program",
    "markdown": "it is a file to read, not a program",
}


@dataclass(frozen=True)
class Runs:
    """Where a listing runs.

    Attributes:
        where: `tab`, `recorded` (a browser tab cannot, so its record is shown) or `no`.
        why: the reason, empty for `tab`.
    """

    where: str
    why: str = ""


def runs(listing: Listing) -> Runs:
    """Say where `listing` runs, judged by its language, imports and calls."""
    if listing.language in NEVER:
        return Runs("no", NEVER[listing.language])
    if listing.module.startswith("user_service"):
        return Runs("no", "it is a part of the User Service, which runs as a whole")
    if listing.language == "javascript":
        return Runs("recorded", NODE) if '"node:' in listing.text else Runs("tab")
    if listing.language == "sql":
        return Runs("tab")
    tree = ast.parse(listing.text)
    calls = called(tree)
    for name in [*imported(tree), *calls]:
        reason = BEYOND_A_TAB.get(name) or BEYOND_A_TAB.get(name.rpartition(".")[2])
        if reason:
            return Runs("recorded", reason)
    return Runs("recorded", SESSIONS) if calls.count("asyncpg.connect") > 1 else Runs("tab")


def needs(listing: Listing) -> list[str]:
    """Name the servers and third-party packages `listing` needs, sorted."""
    if listing.language == "sql":
        return ["postgresql"]
    if listing.language != "python":
        return []
    packages = {name for name in imported(ast.parse(listing.text)) if third_party(name)}
    return sorted(packages | {SERVERS[name] for name in packages & set(SERVERS)})


def third_party(name: str) -> bool:
    """Say whether the top-level module `name` comes from a package, not from Python or us."""
    return name not in sys.stdlib_module_names and not name.startswith("chapter")


def imported(tree: ast.AST) -> list[str]:
    """Return the top-level names of all modules that the code imports."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name.partition(".")[0] for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module.partition(".")[0])
    return names


def called(tree: ast.AST) -> list[str]:
    """Return the dotted names of all functions that the code calls, repeats included."""
    return [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
