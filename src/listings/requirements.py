"""What a listing needs and whether a browser tab can run it: read off its code, never declared.

The limits of the tab are those of Pyodide (no threads, no processes, no raw sockets, no blocking
wait) and of PGlite (one database session at a time). Reading cannot see everything: a pool or a
helper function that opens a second session while the first is open passes for `tab`.
"""

import re
import sys
from dataclasses import dataclass
from functools import lru_cache

from listings.listing import Listing
from listings.programs import Uses, modules, ours

SERVERS = {"asyncpg": "postgresql", "redis": "valkey"}
THREADS = "it starts threads, and a browser tab gives Python none"
PROCESSES = "it starts processes or sends signals, and a browser tab has neither"
SOCKETS = "it opens raw sockets, and a browser tab has none"
BLOCKING = "it blocks while it waits for an answer, and a browser tab must not"
SESSIONS = "it holds two database sessions at once, and the tab's PostgreSQL has one"
COPYING = "it copies rows in or uses a command of psql, and the tab's PostgreSQL has neither"
NODE = "it uses what Node has and a browser does not"
TYPES = "it is TypeScript, and a browser tab runs JavaScript"
# Patterns of full dotted names, of what is imported or called. A name that begins with a dot
# is a method of any object.
BEYOND_A_TAB = {
    THREADS: r"(_thread|threading|concurrent\.futures|anyio\.to_thread|fastapi\.testclient)\b"
    r"|asyncio\.to_thread|.*\.run_in_threadpool|.*\.run_in_executor",
    PROCESSES: r"(multiprocessing|subprocess|asyncio\.subprocess|signal)\b"
    r"|asyncio\.create_subprocess_\w+|.*\.subprocess_(exec|shell)|.*\.add_signal_handler"
    r"|uvicorn\.run|os\.(fork|forkpty|system|popen|kill|killpg|(exec|spawn|posix_spawn)\w*)",
    SOCKETS: r"(socket|ssl|socketserver|select|selectors)\b"
    r"|.*\.sock_\w+|.*\.create_datagram_endpoint|asyncio\.(open_unix_connection|start_unix_server)",
    COPYING: r".*\.copy_(records_)?to_table",
    BLOCKING: r"(http\.client|http\.server|urllib\.request|requests|psycopg)\b"
    r"|redis\.(Redis|from_url)|httpx\.(Client|get|post|put|patch|delete|head|options|request|stream)",
}
PSQL_ONLY = re.compile(r"(?im)^\s*(\\(copy|c|connect|!)|copy\b.*\bfrom\s+stdin)")
NODE_ONLY = re.compile(
    r"""^\s*[^/\n]*(\bfrom\s*["'](?![./])|\bimport\s*\(?\s*["'](?![./])"""
    r"""|\brequire\s*\(|\bprocess\.|\bBuffer\.|\bsetImmediate\s*\()""",
    re.MULTILINE,
)
NEVER = {
    "shell": "a shell belongs to your own machine: open a terminal and type along",
    "toml": "it is a file to read, not a program",
    "yaml": "it is a file to read, not a program",
    "ini": "it is a file to read, not a program",
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
        return Runs("recorded", NODE) if NODE_ONLY.search(listing.text) else Runs("tab")
    if listing.language == "typescript":
        return Runs("recorded", TYPES)
    if listing.language == "sql":
        return Runs("recorded", COPYING) if PSQL_ONLY.search(listing.text) else Runs("tab")
    return runs_python(listing)


def runs_python(listing: Listing) -> Runs:
    """Say where a Python `listing` runs, judged by what it and our modules in it use."""
    return judged(tuple(modules(listing).values()))


@lru_cache(maxsize=1024)
def judged(files: tuple[Uses, ...]) -> Runs:
    """Say where a program runs, given what each of its Python files uses."""
    calls = [name for file in files for name in file.called]
    names = [*calls, *(name for file in files for name in file.imported)]
    for reason, pattern in BEYOND_A_TAB.items():
        if any(re.match(rf"(?:{pattern})", name) for name in names):
            return Runs("recorded", reason)
    looped = any("asyncpg.connect" in file.looped for file in files)
    if looped or calls.count("asyncpg.connect") > 1:
        return Runs("recorded", SESSIONS)
    return Runs("tab")


def needs(listing: Listing) -> list[str]:
    """Name the servers and third-party packages `listing` needs, sorted."""
    if listing.language == "sql":
        return ["postgresql"]
    if listing.language != "python":
        return []
    names = (name for file in modules(listing).values() for name in file.imported)
    imports = {name.partition(".")[0] for name in names}
    packages = imports - sys.stdlib_module_names - ours(listing.source)
    return sorted(packages | {SERVERS[name] for name in packages & set(SERVERS)})
