"""Browsers without JavaScript Promise Integration: programs that end with asyncio.run still run."""

import gzip
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route
from tests.playground.support import Tab

from local_servers import Addresses

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

HERE = Path(__file__).parent
WITHOUT = "delete WebAssembly.Suspending; delete WebAssembly.promising;\n"
NEEDS = ["asyncpg", "redis", "postgresql", "valkey"]


@pytest.fixture(scope="module")
def shared(servers: Addresses, open_tab: Callable[[], Tab]) -> Tab:  # noqa: ARG001 — asyncio first
    """A page whose Python cannot be put aside: no flag of this Chromium would see to that."""
    tab = open_tab()
    tab.page.route(re.compile(r"/python-\w+\.js\.gz$"), without_promise_integration)
    return tab


def without_promise_integration(route: Route) -> None:
    program = gzip.decompress(route.fetch().body())
    route.fulfill(body=gzip.compress(WITHOUT.encode() + program))


def test_python_cannot_be_put_aside_here(tab: Tab) -> None:
    text = """
        import js
        from pyodide.ffi import can_run_sync
        print(hasattr(js.WebAssembly, "Suspending"), can_run_sync())
    """
    assert tab.run(text).done == "False False\n"
    assert tab.page.evaluate("supported()") == ""


@pytest.mark.parametrize("name", ["turns", "cancelling", "streams"])
def test_asyncio_is_the_same(tab: Tab, name: str) -> None:
    program = HERE / "event_loop" / f"{name}.py"
    native = subprocess.run([sys.executable, program], capture_output=True, text=True, check=True)
    assert tab.run(program.read_text("utf-8")).done.splitlines() == native.stdout.splitlines()


@pytest.mark.parametrize("driver", ["asyncpg", "redis"])
def test_the_drivers_do_the_same(tab: Tab, servers: Addresses, driver: str) -> None:
    program = HERE / "drivers" / f"{driver}_program.py"
    native = subprocess.run(
        [sys.executable, program],
        env=servers.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    in_the_tab = tab.run(program.read_text("utf-8"), *NEEDS)
    assert in_the_tab.state == "done", in_the_tab
    assert in_the_tab.on("stdout").splitlines() == native.stdout.splitlines()


WEB = """
import asyncio

import httpx
import uvicorn
from fastapi import FastAPI

app = FastAPI()


@app.get("/users/{number}")
def user(number: int) -> dict[str, int]:
    return {"number": number}


async def main() -> None:
    server = uvicorn.Server(uvicorn.Config(app, port=8000, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0)
    async with httpx.AsyncClient(base_url="http://localhost:8000") as client:
        for path in ("/users/7", "/users/x", "/nothing"):
            response = await client.get(path)
            print(response.status_code, response.json() if response.is_success else "")
    server.should_exit = True
    await serving
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client:
        print((await client.get("/users/8")).json())


asyncio.run(main())
"""


def test_a_web_server_and_its_client(tab: Tab) -> None:
    printed = tab.run(WEB, "fastapi", "httpx", "uvicorn").done
    assert printed.splitlines() == ["200 {'number': 7}", "422 ", "404 ", "{'number': 8}"]


IN_PLACES = """
import asyncio

async def main():
    await asyncio.sleep(0.01)
    return "in"

print(asyncio.run(main()))
if True:
    result = asyncio.run(main()) + " a block"
    print(result)
if __name__ == "__main__":
    with open(__file__):
        print(asyncio.run(main()), "main")
for _ in range(2):
    print([asyncio.run(main()) for _ in range(2)])
"""


def test_asyncio_run_works_wherever_it_stands_outside_functions(tab: Tab) -> None:
    printed = tab.run(IN_PLACES).done
    assert printed.splitlines() == ["in", "in a block", "in main", *["['in', 'in']"] * 2]


IN_A_FUNCTION = """
import asyncio

async def wait():
    await asyncio.sleep(0.01)

def main():
    print("before")
    asyncio.run(wait())

main()
"""


def test_asyncio_run_in_a_function_that_waits_says_what_this_browser_cannot(tab: Tab) -> None:
    outcome = tab.run(IN_A_FUNCTION)
    assert outcome.on("stdout") == "before\n"
    assert outcome.mistake["type"] == "RuntimeError"
    assert outcome.mistake["message"].startswith("This browser can only wait where asyncio.run")
    assert outcome.mistake["trace"][-1]["line"] == 9
    assert tab.run("print('next')").done == "next\n"


def test_an_error_shows_the_readers_line(tab: Tab) -> None:
    outcome = tab.run("import asyncio\nasync def main():\n    1 / 0\nasyncio.run(main())")
    assert [one["line"] for one in outcome.mistake["trace"]] == [4, 3]
    assert outcome.mistake["type"] == "ZeroDivisionError"


LEAVES = """
import asyncio

async def left():
    try:
        await asyncio.sleep(3600)
    finally:
        print("cancelled at the end")

async def main():
    asyncio.get_running_loop().kept = asyncio.create_task(left())
    await asyncio.sleep(0)
    print("result")

asyncio.run(main())
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)
"""


def test_what_is_left_is_cancelled_at_the_end(tab: Tab) -> None:
    printed = tab.run(LEAVES).done
    assert printed.splitlines() == ["result", "cancelled at the end", "no running event loop"]


def test_stop_and_the_next_run(tab: Tab) -> None:
    for text in ("while True: pass", "import asyncio; asyncio.run(asyncio.Event().wait())"):
        number = tab.start("print('going')\n" + text)
        tab.wait_for(number, "going")
        tab.stop()
        assert tab.outcome(number).state == "stopped"
        assert tab.run("print('next')").done == "next\n"
