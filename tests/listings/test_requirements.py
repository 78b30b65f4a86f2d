"""What a listing needs, and where it runs, is read off its code."""

import os
from collections.abc import Callable

import pytest

from listings.listing import Listing
from listings.requirements import (
    BLOCKING,
    COPYING,
    NODE,
    PROCESSES,
    SESSIONS,
    SOCKETS,
    THREADS,
    TYPES,
    needs,
    runs,
)

Make = Callable[[str, str], Listing]


@pytest.mark.parametrize(
    ("name", "code", "where", "why"),
    [
        ("a.py", "print(1)", "tab", ""),
        ("a.py", "import asyncpg\nasyncpg.connect()", "tab", ""),
        ("a.py", "import asyncpg\nasyncpg.connect()\nasyncpg.connect()", "recorded", SESSIONS),
        ("a.ts", "const answer: number = 42;", "recorded", TYPES),
        ("a.py", "import threading", "recorded", THREADS),
        ("a.py", "from concurrent.futures import ThreadPoolExecutor", "recorded", THREADS),
        ("a.py", "import asyncio\nasyncio.to_thread(print)", "recorded", THREADS),
        ("a.py", "loop.run_in_executor(None, print)", "recorded", THREADS),
        ("a.py", "from multiprocessing import Pool", "recorded", PROCESSES),
        ("a.py", "import subprocess", "recorded", PROCESSES),
        ("a.py", "import socket", "recorded", SOCKETS),
        ("a.py", "import asyncpg as pg\npg.connect()\npg.connect()", "recorded", SESSIONS),
        ("a.py", "from asyncpg import connect\nconnect()\nconnect()", "recorded", SESSIONS),
        ("a.py", "import asyncpg\n[asyncpg.connect() for _ in '12']", "recorded", SESSIONS),
        ("a.py", "import asyncpg\nwhile True: kept(asyncpg.connect())", "recorded", SESSIONS),
        (
            "a.py",
            "import asyncpg\nasync def one():\n  while True:\n    return asyncpg.connect()",
            "tab",
            "",
        ),
        ("a.py", "from asyncio import to_thread\nto_thread(print)", "recorded", THREADS),
        ("a.py", "from concurrent import futures", "recorded", THREADS),
        ("a.py", "import asyncio as aio\naio.create_subprocess_exec()", "recorded", PROCESSES),
        ("a.py", "from os import fork\nfork()", "recorded", PROCESSES),
        ("a.py", "loop.sock_recv(1)", "recorded", SOCKETS),
        ("a.py", "import redis\nredis.Redis()", "recorded", BLOCKING),
        ("a.py", "import redis.asyncio\nredis.asyncio.Redis()", "tab", ""),
        ("a.py", "import httpx\nhttpx.get()", "recorded", BLOCKING),
        ("a.py", "import httpx\nhttpx.AsyncClient()", "tab", ""),
        ("a.py", "story.subprocess()", "tab", ""),
        ("a.mjs", "import fs from 'fs';", "recorded", NODE),
        ("a.mjs", "process.exit(0)", "recorded", NODE),
        ("a.mjs", '// "node:fs" is not used', "tab", ""),
        ("a.sql", "COPY t FROM stdin;", "recorded", COPYING),
        ("a.mjs", "console.log(1)", "tab", ""),
        ("a.mjs", 'import { Worker } from "node:worker_threads";', "recorded", NODE),
        ("a.sql", "select 1;", "tab", ""),
    ],
)
def test_where_a_listing_runs(listing: Make, name: str, code: str, where: str, why: str) -> None:
    judged = runs(listing(name, code))
    assert (judged.where, judged.why) == (where, why)


@pytest.mark.parametrize("name", ["a.sh", "a.toml", "a.md"])
def test_what_never_runs_in_a_tab_says_why(listing: Make, name: str) -> None:
    judged = runs(listing(name, ""))
    assert judged.where == "no"
    assert judged.why


@pytest.mark.parametrize(
    ("name", "code", "expected"),
    [
        ("a.py", "import asyncio\nimport asyncpg", ["asyncpg", "postgresql"]),
        ("a.py", "from redis.asyncio import Redis", ["redis", "valkey"]),
        ("a.py", "import json\nfrom pydantic import BaseModel", ["pydantic"]),
        ("a.sql", "select 1;", ["postgresql"]),
        ("a.mjs", "1", []),
    ],
)
def test_needs_follow_from_imports(
    listing: Make, name: str, code: str, expected: list[str]
) -> None:
    assert needs(listing(name, code)) == expected


def test_what_it_imports_of_ours_counts_too(listing: Make) -> None:
    listing("helper.py", "import threading\nimport asyncpg\n")
    one = listing("one.py", "from chapter9.helper import start\n")
    assert runs(one).why == THREADS
    assert needs(one) == ["asyncpg", "postgresql"]


def test_what_has_changed_is_judged_anew_whatever_its_date(listing: Make) -> None:
    helper = listing("helper.py", "import json\n")
    one = listing("one.py", "from chapter9.helper import start\n")
    before = helper.path.stat()
    assert runs(one).where == "tab"
    listing("helper.py", "import threading\n")
    os.utime(helper.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert runs(one).why == THREADS
