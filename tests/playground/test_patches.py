"""Every patch of a library is needed: without it a program goes wrong, with it all is well.

When a test fails at "without", the library has changed: its patch can go.
"""

import ast
from pathlib import Path

import pytest
from tests.playground.support import Tab

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

PATCHES = Path(__file__).parents[2] / "src" / "playground" / "tab" / "patches.py"
NO_PATCHES = """
import sys
from tab import patches
patches.PATCHES.clear()
for name in [name for name in sys.modules if name.startswith("anyio")]:
    del sys.modules[name]  # it was imported, patched, before the program
"""

SLEEPS = """
import asyncio, time

async def tick():
    print("tick")

async def main():
    task = asyncio.create_task(tick())
    time.sleep(0.05)
    print("slept")
    await task

asyncio.run(main())
"""
CONNECTS = """
import socket
try:
    socket.create_connection(("localhost", 5432), timeout=1)
except OSError as error:
    print("refused")
"""
IN_A_THREAD = """
import asyncio
import anyio.to_thread

async def main():
    print(await anyio.to_thread.run_sync(lambda: 42))

asyncio.run(main())
"""
# What undoes a patch, a program that needs it, what the program prints when all is well.
CASES = {
    "sleep_blocks": (
        "import time; from pyodide import webloop; time.sleep = webloop._sleep",
        SLEEPS,
        "slept\ntick\n",
    ),
    "sockets_refuse": (
        "from socket import socket as s; del s.bind, s.connect, s.connect_ex",
        CONNECTS,
        "refused\n",
    ),
    "anyio_without_threads": (NO_PATCHES, IN_A_THREAD, "42\n"),
}


def started_again(tab: Tab) -> None:
    """Have another Python: what a program has undone and imported would stay in the old one."""
    tab.stop()  # a program that waits for ever without its patch
    number = tab.start("print('going')\nwhile True: pass")
    tab.wait_for(number, "going")
    tab.stop()


@pytest.mark.parametrize("patch", CASES)
def test_a_program_runs_with_the_patch_and_not_without(tab: Tab, patch: str) -> None:
    undo, program, right = CASES[patch]
    started_again(tab)
    assert tab.run(program).done == right
    started_again(tab)
    without = tab.run(f"{undo}\n{program}", seconds=10)
    assert (without.state, without.printed) != ("done", right), f"{patch} can go"
    started_again(tab)


def test_each_patch_has_its_case() -> None:
    tree = ast.parse(PATCHES.read_text("utf-8"))
    functions = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert sorted(CASES) == sorted(name for name in functions if name != "apply")
