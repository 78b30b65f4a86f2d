"""Programs that do not work at all get a sentence with a line number, too."""

from collections.abc import Callable
from pathlib import Path

import pytest

Ask = Callable[..., tuple[int, str]]
APP = "from fastapi import FastAPI\napp = FastAPI()\n"
POST = "@app.post('/users', status_code=201)\nasync def create() -> dict[str, int]:\n"
PLAIN = {  # tried as exercise 4, which needs no app
    "syntax": ("x = (\n", ["Line 1: x = (", "Python cannot read it: '(' was never closed."]),
    "not text": ("x = '\0'\n", ["Came", "null bytes"]),
    "import": (
        "x = 1\nimport nothing_like_it\n",
        ["Line 2: import nothing_like_it", "No module named 'nothing_like_it'"],
    ),
    "missing": ("x = 1\n", ["Your file has no `percentile`.", "exactly that name"]),
    "javascript": (
        "def percentile(samples, percent):\n    return null\n",
        ["Line 2: return null", "`null` is JavaScript. Python says `None`."],
    ),
    "printing": (
        "def percentile(samples, percent):\n    print('asked for', percent)\n",
        ["Printed asked for 50"],
    ),
    "exits": ("import sys\nsys.exit(0)\n", ["Line 2: sys.exit(0)", "asks Python to exit"]),
    "ends": ("import os\nos._exit(0)\n", ["ended the whole process, with status 0"]),
    "loop": ("x = 1\nwhile True:\n    x += 1\n", ["Line", "not done after 1 seconds"]),
    "stubborn": (
        "while True:\n    try:\n        while True:\n            pass\n    except:\n        pass\n",
        ["could not be interrupted", "A bare `except:`"],
    ),
}
ASYNC = {  # tried as exercise 1
    "coroutine": (
        f"{APP}async def new() -> dict[str, int]:\n    return {{}}\n{POST}    return new()['id']\n",
        ["Line 7: return new()['id']", "A missing await", "was never awaited"],
    ),
    "wait": (
        f"{APP}import asyncio\n{POST}    await asyncio.Event().wait()\n    return {{}}\n",
        ["Line 6: await asyncio.Event().wait()", "not done after 1 seconds", "(not tried)"],
    ),
}
ENDLESS = {"loop", "stubborn", "wait"}  # they take all the time that there is


@pytest.mark.parametrize("name", [*PLAIN, *ASYNC])
def test_a_broken_program_gets_a_sentence(name: str, ask: Ask, tmp_path: Path) -> None:
    text, expected = (PLAIN | ASYNC)[name]
    solution = tmp_path / "mine.py"
    solution.write_text(text)
    seconds = 1 if name in ENDLESS else 30
    status, said = ask(4 if name in PLAIN else 1, "--solution", solution, "--seconds", seconds)
    assert status == 1
    for words in expected:
        assert words in said


def test_a_clock_that_nobody_moves_is_named(ask: Ask, tmp_path: Path) -> None:
    solution = tmp_path / "mine.py"
    lines = [
        "import asyncio",
        "async def load(send, rate, count):",
        "    await asyncio.Event().wait()",
    ]
    solution.write_text("\n".join(lines))
    status, said = ask(5, "--solution", solution)
    assert status == 1
    assert "Nobody will wake this sender up." in said


@pytest.mark.parametrize("number", ["", "0", "99", "one"])
def test_an_unknown_number_lists_the_exercises(number: str, ask: Ask) -> None:
    status, said = ask(number)
    assert status == 2
    assert "make exercise N=1 Exercise 1: a users API in memory" in said


def test_an_unknown_file_is_named(ask: Ask, tmp_path: Path) -> None:
    status, said = ask(1, "--solution", tmp_path / "none.py")
    assert status == 2
    assert "There is no file" in said
