"""The runtime as the page uses it: run, stop, reset, cancel, and what outlives what."""

import time
from collections.abc import Callable

import psutil
import pytest
from playwright.sync_api import expect
from tests.playground.support import Outcome, Tab

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

STOPS_WITHIN = 2.0  # seconds, as the page promises
NEEDS = ["asyncpg", "redis", "postgresql", "valkey"]
POSTGRES, REDIS = "postgresql://postgres@localhost/postgres", "redis://localhost"
KEEPS = """
    import asyncio
    import asyncpg
    import redis.asyncio as redis

    async def main():
        connection = await asyncpg.connect("postgresql://postgres@localhost/postgres")
        await connection.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
        await connection.execute("INSERT INTO kept VALUES (1)")
        print(await connection.fetchval("SELECT count(*) FROM kept"))
        await connection.close()
        async with redis.from_url("redis://localhost") as client:
            print(await client.incr("kept"))

    asyncio.run(main())
    print("made")
"""
BUSY = {
    "a loop that does nothing": "while True: pass",
    "a loop that prints": "while True: print('again')",
    "a loop that catches everything": """
while True:
    try:
        while True: pass
    except BaseException:
        pass
""",
    "a sleep": "import time; time.sleep(3600)",
    "a task that waits": "import asyncio; asyncio.run(asyncio.Event().wait())",
    "tasks that never rest": """
import asyncio
async def main():
    while True:
        await asyncio.sleep(0)
asyncio.run(main())
""",
}


def stopped(tab: Tab, number: int) -> Outcome:
    """Stop what runs; the page must be told in time."""
    before = time.monotonic()
    tab.stop()
    outcome = tab.outcome(number)
    assert time.monotonic() - before < STOPS_WITHIN
    return outcome


@pytest.mark.parametrize("text", BUSY.values(), ids=BUSY)
def test_stop_ends_a_program_and_the_next_one_runs(tab: Tab, text: str) -> None:
    number = tab.start("print('going')\n" + text)
    tab.wait_for(number, "going")
    assert stopped(tab, number).state == "stopped"
    assert tab.run("print('next')").done == "next\n"


def test_tables_and_keys_outlive_a_stop(tab: Tab) -> None:
    assert tab.run(KEEPS, *NEEDS).done == "1\n1\nmade\n"
    number = tab.start(KEEPS + "\n    while True: pass", *NEEDS, keep=True)
    tab.wait_for(number, "2\n2\nmade")
    assert stopped(tab, number).state == "stopped"
    assert "2" in tab.psql("SELECT count(*) FROM kept;").split()
    assert tab.valkey("GET kept").strip() == '"2"'
    assert tab.run(KEEPS, *NEEDS, keep=True).done == "3\n3\nmade\n"


def test_a_run_starts_with_nothing_unless_it_is_told_to_keep(tab: Tab) -> None:
    assert tab.run(KEEPS, *NEEDS).done == tab.run(KEEPS, *NEEDS).done == "1\n1\nmade\n"
    assert tab.run(KEEPS, *NEEDS, keep=True).done == "2\n2\nmade\n"


def test_the_first_run_starts_with_nothing_whatever_was_done_before_it(fresh: Tab) -> None:
    assert "CREATE TABLE" in fresh.psql("CREATE TABLE kept (id int PRIMARY KEY);")
    assert fresh.valkey("SET kept 5").strip() == "OK"
    assert fresh.run(KEEPS, *NEEDS).done == "1\n1\nmade\n"


def test_a_run_whose_needs_nobody_has_named_leaves_nothing_to_the_next(fresh: Tab) -> None:
    assert fresh.run(KEEPS).done == fresh.run(KEEPS, *NEEDS).done == "1\n1\nmade\n"


def test_reset_empties_both_servers(tab: Tab) -> None:
    assert tab.run(KEEPS, *NEEDS).state == "done"
    tab.reset()
    assert "0 rows" in tab.psql("SELECT * FROM pg_tables WHERE schemaname = 'public';")
    assert tab.valkey("DBSIZE").strip() == "(integer) 0"


def test_a_program_of_one_run_is_gone_in_the_next(tab: Tab) -> None:
    tab.run("import builtins, sys; made = 1; sys.modules['asyncio'].left = 1")
    seen = tab.run("print('made' in globals(), __name__, __file__.rpartition('/')[2])")
    assert seen.done == "False __main__ program.py\n"


SLEEPING = "SELECT 'going'; SELECT pg_sleep(60);"
ENDLESS_ROWS = "SELECT 'going'; SELECT count(*) FROM generate_series(1, 100000000000);"


@pytest.mark.parametrize("sql", [SLEEPING, ENDLESS_ROWS], ids=["pg_sleep", "generate_series"])
def test_stop_on_sql_frees_the_page_and_the_next_run(fresh: Tab, sql: str) -> None:
    number = fresh.start(sql, "postgresql", language="sql")
    fresh.wait_for(number, "going")
    assert stopped(fresh, number).state == "stopped"
    assert "42" in fresh.run("SELECT 42;", "postgresql", language="sql", seconds=20).done


def in_a_listing(tab: Tab) -> str:
    return tab.run("SELECT 42;", "postgresql", language="sql", keep=True).done


def in_the_console(tab: Tab) -> str:
    return tab.psql("SELECT 42;")


@pytest.mark.parametrize("ask", [in_a_listing, in_the_console])
def test_a_server_that_cannot_be_interrupted_is_replaced_and_the_reader_is_told(
    fresh: Tab, ask: Callable[[Tab], str]
) -> None:
    gone = "PostgreSQL could not be interrupted.\nIt was started anew, and is empty.\n"
    number = fresh.start(ENDLESS_ROWS, "postgresql", language="sql")
    fresh.wait_for(number, "going")
    assert stopped(fresh, number).state == "stopped"
    said = ask(fresh)
    assert said.startswith(gone)
    assert "42" in said
    assert gone not in ask(fresh)


def test_stop_on_a_query_of_python_frees_the_page_and_the_next_run(fresh: Tab) -> None:
    text = f"""
        import asyncio, asyncpg

        async def main():
            connection = await asyncpg.connect({POSTGRES!r})
            print(await connection.fetchval("SELECT 42"))
            QUERY

        asyncio.run(main())
    """
    waits = text.replace("QUERY", "await connection.execute('SELECT pg_sleep(60)')")
    number = fresh.start(waits, *NEEDS)
    fresh.wait_for(number, "42")
    assert stopped(fresh, number).state == "stopped"
    assert fresh.run(text.replace("QUERY", "pass"), *NEEDS, seconds=30).done == "42\n"


def test_two_runs_at_once_take_turns(tab: Tab) -> None:
    text = f"""
        import asyncio
        import redis.asyncio as redis

        async def main():
            async with redis.from_url({REDIS!r}) as client:
                await asyncio.sleep(0.2)
                await client.rpush("order", NAME)
                print(*[name.decode() for name in await client.lrange("order", 0, -1)])

        asyncio.run(main())
    """
    tab.reset()
    names = ["'first'", "'second'", "'third'"]
    runs = [tab.start(text.replace("NAME", name), *NEEDS, keep=True) for name in names]
    outcomes = [tab.outcome(number) for number in runs]
    printed = [outcome.done for outcome in outcomes]
    assert printed == ["first\n", "first second\n", "first second third\n"]
    assert [outcome.waited for outcome in outcomes] == [False, True, True]


def test_stop_ends_the_run_and_lets_the_next_in_line_begin(tab: Tab) -> None:
    first = tab.start("print('going')\nwhile True: pass")
    second = tab.start("print('my turn')")
    tab.wait_for(first, "going")
    assert stopped(tab, first).state == "stopped"
    assert tab.outcome(second).done == "my turn\n"


def at_once(_: Tab) -> None:
    """Cancel before anything has arrived."""


def in_phase(phase: str) -> Callable[[Tab], None]:
    def wait(tab: Tab) -> None:
        tab.page.evaluate("phase => inPhase(phase)", phase)

    return wait


@pytest.mark.parametrize(
    "when",
    [at_once, in_phase("download"), in_phase("python")],
    ids=["at once", "downloading", "starting"],
)
def test_a_start_that_is_cancelled_runs_nothing_and_can_be_repeated(
    fresh: Tab, when: Callable[[Tab], None]
) -> None:
    number = fresh.start(KEEPS, *NEEDS)
    when(fresh)
    fresh.page.evaluate("runtime.cancel()")
    cancelled = fresh.outcome(number)
    assert (cancelled.state, cancelled.printed) == ("stopped", "")
    assert fresh.run(KEEPS, *NEEDS).done == "1\n1\nmade\n"


TOO_MUCH = {
    "bytes": "b'x' * 10**10",
    "two gigabytes": "bytearray(2**31 - 1)",
    "a growing list": "grown = []\nwhile True: grown.append(bytearray(10**8))",
    "a growing string": "grown = 'x'\nwhile True: grown += grown",
}


@pytest.mark.parametrize("text", TOO_MUCH.values(), ids=TOO_MUCH)
def test_a_program_that_wants_too_much_memory_is_told_and_the_next_runs(
    tab: Tab, text: str
) -> None:
    outcome = tab.run(text)
    assert outcome.state == "error"
    assert outcome.mistake["type"] in {"MemoryError", "OverflowError"}
    assert tab.run("print('next')").done == "next\n"


FATAL = {
    "abort": "import os; os.abort()",
    "exit": "import os; os._exit(3)",
    "no stack left": "import sys; sys.setrecursionlimit(10**8)\ndef f(n): return [f(n + 1)]\nf(0)",
    "no stack left in C": "x = None\nfor _ in range(10**6): x = [x]\nrepr(x)",
    "a fault": "import js, pyodide_js; pyodide_js._api.fatal_error(js.Error.new('on purpose'))",
}


@pytest.mark.parametrize("text", FATAL.values(), ids=FATAL)
def test_after_a_fatal_error_python_starts_again_by_itself(tab: Tab, text: str) -> None:
    outcome = tab.run("print('before')\n" + text, seconds=30)
    assert outcome.state in {"error", "rejected"}
    assert outcome.mistake["text"]
    assert tab.run("print('next')", seconds=30).done == "next\n"


def test_recursion_without_end_is_an_ordinary_error(tab: Tab) -> None:
    outcome = tab.run("def f(): f()\nf()")
    assert outcome.mistake["type"] == "RecursionError"
    assert tab.run("print('next')").done == "next\n"


USES_MUCH = """
    import asyncio
    import asyncpg
    import pyodide_js
    import redis.asyncio as redis
    from fastapi import FastAPI

    app = FastAPI()

    @app.get("/")
    async def hello() -> dict[str, int]:
        return {"hello": 1}

    async def main():
        held = [bytes(1000) for _ in range(10_000)]
        connection = await asyncpg.connect("postgresql://postgres@localhost/postgres")
        await connection.execute("CREATE TABLE many AS SELECT * FROM generate_series(1, 10000)")
        async with redis.from_url("redis://localhost") as client:
            await client.mset({f"key:{i}": "x" * 1000 for i in range(1000)})
        asyncio.get_running_loop().held = held, app

    asyncio.run(main())
    print(pyodide_js._module.HEAP8.length)
"""


def memory(tab: Tab) -> int:
    """Return what the browser's processes hold, in bytes."""
    session = tab.page.context.new_cdp_session(tab.page)
    session.send("HeapProfiler.collectGarbage")
    assert session
    mine = psutil.Process()
    held = [one.memory_info() for one in mine.children(recursive=True) if "chrom" in one.name()]
    return sum(one.rss - getattr(one, "shared", 0) for one in held)


def test_the_tenth_run_holds_hardly_more_memory_than_the_third(fresh: Tab) -> None:
    heaps, held = [], []
    for _ in range(10):
        heaps.append(int(fresh.run(USES_MUCH, *NEEDS, "fastapi").done))
        held.append(memory(fresh))
    assert heaps[9] <= 1.25 * heaps[2], heaps
    assert held[9] <= 1.25 * held[2], held


def test_a_page_that_is_left_in_the_middle_of_a_run_leaves_nothing_behind(
    open_tab: Callable[[], Tab],
) -> None:
    tab = open_tab()
    problems: list[str] = []
    tab.page.on("pageerror", lambda error: problems.append(str(error)))
    tab.page.on("crash", lambda _: problems.append("crash"))
    number = tab.start(KEEPS + "\n    while True: print('going')", *NEEDS)
    tab.wait_for(number, "going")
    assert tab.page.workers
    tab.page.goto("about:blank")
    tab.page.wait_for_timeout(500)
    assert tab.page.workers == []
    tab.page.go_back()
    expect(tab.page).to_have_title("ready")
    assert tab.run("print('back')").done == "back\n"
    assert problems == []


WHICH_MEMORY = "import sys; print('fastapi' in sys.modules)\n"


def test_a_program_that_imports_fastapi_finds_it_in_memory(fresh: Tab) -> None:
    asked: list[str] = []
    fresh.page.on("request", lambda request: asked.append(request.url))
    assert fresh.run(WHICH_MEMORY).done == "False\n"
    assert fresh.run(WHICH_MEMORY + "import fastapi", "fastapi").done == "True\n"
    assert fresh.run(WHICH_MEMORY).done == "True\n"
    assert not [url for url in asked if "/fastapi-" in url or "/pydantic-" in url]


def test_a_program_that_comes_to_import_fastapi_gets_its_archives(fresh: Tab) -> None:
    assert fresh.run(WHICH_MEMORY).done == "False\n"
    assert fresh.run("import fastapi; print(fastapi.FastAPI().title)").done == "FastAPI\n"


def test_a_package_that_cannot_be_fetched_ends_the_run_and_the_next_one_gets_it(
    fresh: Tab,
) -> None:
    assert fresh.run("print(1)").done == "1\n"
    fresh.page.route("**/later-*", lambda route: route.abort())
    failed = fresh.run("import unittest")
    assert (failed.state, failed.mistake["type"]) == ("rejected", "TypeError")  # fetch's
    fresh.page.unroute_all()
    assert fresh.run("import unittest; print(2)").done == "2\n"


def test_nothing_is_fetched_twice(fresh: Tab) -> None:
    asked: list[str] = []
    fresh.page.on("request", lambda request: asked.append(request.url))
    fresh.run(KEEPS, *NEEDS)
    number = fresh.start("print('going')\nwhile True: pass")
    fresh.wait_for(number, "going")
    fresh.stop()
    fresh.run(KEEPS, *NEEDS)
    files = [url for url in asked if url.startswith("http")]
    assert sorted(files) == sorted(set(files))


def test_the_assets_named_for_offline_reading_are_all_that_was_fetched(fresh: Tab) -> None:
    asked: set[str] = set()
    fresh.page.on("request", lambda request: asked.add(request.url))
    fresh.run(KEEPS, *NEEDS)
    wanted = {url for url in asked if url.startswith("http") and not url.endswith(".html")}
    assert wanted <= set(fresh.page.evaluate("runtime.assets()"))


ENDED_AND_NEXT = """
async () => {
  const { sandbox } = runtime.python;
  const failed = [];
  const start = (name, text) => sandbox.start("python", text, () => failed.push(name));
  await start("one", "setTimeout(() => { throw new Error('late') }, 100)");
  const send = sandbox.send.bind(sandbox);
  sandbox.send = async (...message) => {
    await new Promise((resolve) => setTimeout(resolve, 500)); // meanwhile the first one fails
    return send(...message);
  };
  await start("next", "");
  return failed;
}
"""


def test_a_worker_that_fails_as_it_ends_does_not_fail_for_the_next(fresh: Tab) -> None:
    assert fresh.run("print(1)").done == "1\n"
    assert fresh.page.evaluate(ENDED_AND_NEXT) == []
