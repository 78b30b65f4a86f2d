"""A program that changes what all programs share: the next one must not notice."""

import pytest
from tests.playground.support import Tab

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

ORDINARY = """
import asyncio, builtins, contextvars, decimal, functools, gc, io, json, locale, logging, math, os
import pathlib, random, re, signal, sys, tempfile, threading, time, warnings
from dataclasses import dataclass

import pydantic

import helper

@dataclass(frozen=True)
class Point:
    x: int

class Model(pydantic.BaseModel):
    x: int

class Turn:
    async def __aenter__(self):
        await asyncio.sleep(0.001)
    async def __aexit__(self, *_):
        await asyncio.sleep(0)

async def one(number):
    async with Turn():
        return number

async def main():
    print(await asyncio.gather(*[one(i) for i in range(3)]))
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        task = group.create_task(one(9))
    print(task.result(), len(asyncio.all_tasks()), threading.active_count())

def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)

asyncio.run(main())
print(json.dumps({"a": [1, 2.5, None]}), json.loads("[1]"), Point(1), Model(x=1), deep(500))
print(re.sub("a+", "b", "caat"), decimal.Decimal(1) / 3, math.pi, sorted([3, 1]), helper.WORD)
print(os.getcwd(), os.listdir(), os.listdir("/tmp"), sorted(os.listdir(pathlib.Path.home())))
print(sorted(os.environ), sys.argv, gc.isenabled(), gc.get_threshold(), sys.getrecursionlimit())
print(sys.gettrace(), sys.getprofile(), len(sys.meta_path), sys.get_int_max_str_digits())
print(locale.setlocale(locale.LC_ALL), signal.getsignal(signal.SIGINT), os.umask(0o22))
print(isinstance(time.time(), float), len("four"), sum([1, 2]), hasattr(builtins, "left"))
logging.basicConfig(format="%(levelname)s %(name)s %(message)s", stream=sys.stdout)
for name in ("", "asyncio", "mine"):
    log = logging.getLogger(name)
    log.info("quiet")
    log.warning("loud")
with warnings.catch_warnings(record=True) as caught:
    warnings.warn("one")
    warnings.warn("two", DeprecationWarning)
print([str(one.message) for one in caught])
with tempfile.TemporaryFile("w+") as file:
    file.write("kept")
    file.seek(0)
    print(file.read())
try:
    asyncio.get_event_loop()
except RuntimeError as error:
    print(type(error).__name__)
import colorsys, statistics
print(statistics.mean([1, 3]), colorsys.rgb_to_hsv(0, 0, 0))
"""
HELPER = {"helper.py": "WORD = 'helps'"}

SPOILERS = {
    "a builtin": "import builtins; builtins.print = None",
    "a builtin that the check may need": "import builtins; builtins.isinstance = lambda *_: True",
    "no builtins": "import builtins; vars(builtins).clear()",
    "one builtin more": "import builtins; builtins.left = 1",
    "no modules": "import sys; sys.modules.clear()",
    "a module is None": "import sys; sys.modules['re'] = None",
    "a function": "import json; json.dumps = lambda *_: 'spoiled'",
    "a function, before an error": "import json; json.dumps = None; 1 / 0",
    "a method": "import asyncio; asyncio.BaseEventLoop.run_forever = lambda self: None",
    "a coroutine": "import asyncio; asyncio.sleep = asyncio.tasks.sleep = None",
    "a constant": "import math; math.pi = 3",
    "a module that nobody else has used": "import statistics; statistics.mean = max",
    "a module within a function": "def f():\n import colorsys\n colorsys.rgb_to_hsv = max\nf()",
    "a class of a library": "import pydantic; pydantic.BaseModel.__init__ = None",
    "the runtime": "import sys; sys.modules['tab.start'].json = None",
    "the loop": "import asyncio; asyncio.events._event_loop_policy = None",
    "no collector": "import gc; gc.disable()",
    "importers": "import sys; sys.meta_path.clear(); sys.path_hooks.clear()",
    "sys.path": "import sys; sys.path.clear()",
    "the environment": "import os; os.environ.clear(); os.environ['LEFT'] = '1'; os.chdir('/')",
    "recursion": "import sys; sys.setrecursionlimit(40)",
    "digits": "import sys; sys.set_int_max_str_digits(0)",
    "a signal": "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)",
    "the locale": "import locale; locale.setlocale(locale.LC_ALL, 'C')",
    "warnings": "import warnings; warnings.filters.clear(); warnings.simplefilter('error')",
    "the root logger": "import logging; logging.basicConfig(level=0)",
    "loggers": "import logging; logging.getLogger('mine').disabled = True; logging.disable()",
    "names of levels": "import logging; logging.addLevelName(30, 'HEY')",
    "files": "import os; open('/tmp/left', 'w'); open(os.path.expanduser('~/left'), 'w')",
    "files of libraries": "import shutil; shutil.rmtree('/archives')",
    "streams": "import sys; sys.stdin.close(); sys.stdout.close()",
}


@pytest.fixture(scope="module")
def expected(shared: Tab) -> str:
    return shared.run(ORDINARY, files=HELPER).done


@pytest.mark.parametrize("text", SPOILERS.values(), ids=SPOILERS)
def test_the_next_program_notices_nothing(tab: Tab, expected: str, text: str) -> None:
    tab.run(text)
    assert tab.run(ORDINARY, files=HELPER).done == expected


def test_tables_and_keys_outlive_a_spoiled_python(tab: Tab) -> None:
    tab.run("CREATE TABLE kept AS SELECT 42 AS id", "postgresql", language="sql")
    tab.valkey("SET kept 42")
    tab.run("import builtins; builtins.print = None", "postgresql", "valkey", keep=True)
    seen = """
        import asyncio, asyncpg, redis.asyncio as redis

        async def main():
            connection = await asyncpg.connect("postgresql://postgres@localhost/postgres")
            async with redis.from_url("redis://localhost") as client:
                print(await connection.fetchval("SELECT id FROM kept"), await client.get("kept"))

        asyncio.run(main())
    """
    needs = ["asyncpg", "redis", "postgresql", "valkey"]
    assert tab.run(seen, *needs, keep=True).done == "42 b'42'\n"


UNSPOILED = {
    "ordinary": ORDINARY,
    "loggers": SPOILERS["the root logger"] + "\n" + SPOILERS["loggers"],
    "what it puts back": """
        import json
        from unittest import mock
        with mock.patch("json.dumps"):
            json.dumps(1)
    """,
    "what libraries do": """
        import asyncio, httpx, mimetypes, tempfile
        mimetypes.guess_type("a.txt")
        tempfile.gettempdir()

        async def app(scope, receive, send):
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body"})

        async def main():
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://app") as client:
                await client.get("/")
            async with httpx.AsyncClient() as client:
                try:
                    await client.get("http://127.0.0.1:9/")
                except httpx.ConnectError:
                    pass

        asyncio.run(main())
    """,
}


@pytest.mark.parametrize("text", UNSPOILED.values(), ids=UNSPOILED)
def test_python_stays_if_nothing_is_spoiled(tab: Tab, text: str) -> None:
    tab.run("import tab; tab.left = 1")  # a name more, which harms nobody
    for _ in range(2):  # its own modules are none that all share
        assert tab.run(text, files=HELPER).state == "done"
    assert tab.run("import tab; print(hasattr(tab, 'left'))").done == "True\n"


def test_what_a_module_prints_when_imported_is_printed_in_its_place_each_time(tab: Tab) -> None:
    text = "print('before')\nimport this"
    first, second = tab.run(text).lines, tab.run(text).lines
    assert first == second
    assert first[:2] == ["before", "The Zen of Python, by Tim Peters"]


def test_a_file_that_a_library_has_made_once_is_there_the_next_time(fresh: Tab) -> None:
    """httpx reads the certificates' file for each client; certifi finds it once."""
    client = "import httpx; print(bool(httpx.AsyncClient()))"
    assert [fresh.run(client, "httpx").done for _ in range(2)] == ["True\n"] * 2
