"""What a program prints and how it ends, as the reader sees it: as on their own computer."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.playground.support import PROGRAM, Outcome, Tab

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


def test_both_streams_come_in_the_order_in_which_they_were_written(tab: Tab) -> None:
    outcome = tab.run(
        """
        import sys
        for number in range(100):
            print("out", number)
            print("err", number, file=sys.stderr)
        """
    )
    expected = [f"{stream} {number}" for number in range(100) for stream in ("out", "err")]
    assert outcome.lines == expected
    assert set(outcome.on("stderr").split()) == {"err", *map(str, range(100))}


@pytest.mark.parametrize("text", ["x = 1", "", "# nothing", "print(end='')"])
def test_a_program_that_prints_nothing_shows_nothing(tab: Tab, text: str) -> None:
    outcome = tab.run(text)
    assert (outcome.state, outcome.chunks) == ("done", [])


def test_a_line_without_its_end_is_shown(tab: Tab) -> None:
    assert tab.run("print('no newline', end='')").done == "no newline"


def test_what_was_printed_last_is_seen_before_a_long_loop(tab: Tab) -> None:
    number = tab.start("for n in range(5): print(n)\nprint('last', end='')\nwhile True: pass")
    tab.wait_for(number, "4\nlast")


def test_a_hundred_thousand_lines_arrive_whole_in_few_messages(tab: Tab) -> None:
    outcome = tab.run("for number in range(100_000): print('line', number)")
    assert outcome.done == "".join(f"line {number}\n" for number in range(100_000))
    assert len(outcome.chunks) < 2_000


def test_a_flood_of_both_streams_keeps_its_order(tab: Tab) -> None:
    outcome = tab.run(
        "import sys\nfor n in range(20_000): print(n, file=[sys.stdout, sys.stderr][n % 2])"
    )
    assert outcome.lines == [str(number) for number in range(20_000)]


def test_any_character_is_printed_as_it_is(tab: Tab) -> None:
    text = "äßΩ漢🎉👩‍💻\\x00\\x1b[31m<b>&amp;</b>\u202e"
    assert tab.run(f"print({text!r})", seconds=30).done == f"{text}\n"


def test_half_a_character_is_an_error_as_it_is_natively(tab: Tab) -> None:
    outcome = tab.run("print('before'); print('\\ud800')")
    assert outcome.state == "error"
    assert outcome.mistake["type"] == "UnicodeEncodeError"
    assert tab.run("print('next')").done == "next\n"


STREAM = """
import sys
print(sys.stdout.writable(), sys.stdout.readable(), sys.stdout.isatty(), sys.stdout.encoding)
print(sys.stdout.name, sys.stderr.name)
sys.stdout.writelines(["a", "b", "\\n"])
print("x", flush=True)
sys.stdout.flush()
sys.stdout.buffer.write(b"bytes\\n")
sys.stdout.buffer.flush()
print("to the first one", file=sys.__stdout__)
"""


def test_the_streams_are_what_programs_expect_of_them(tab: Tab) -> None:
    native = subprocess.run(
        [sys.executable, "-u", "-c", STREAM], capture_output=True, text=True, check=True
    )
    assert tab.run(STREAM).done == native.stdout


@pytest.mark.parametrize(
    ("leaving", "state"),
    [
        ("sys.exit()", "done"),
        ("sys.exit(0)", "done"),
        ("sys.exit(None)", "done"),
        ("exit()", "done"),
        ("sys.exit(3)", "error"),
        ("sys.exit('no configuration')", "error"),
        ("raise SystemExit(2)", "error"),
    ],
)
def test_a_program_may_end_itself(tab: Tab, leaving: str, state: str) -> None:
    outcome = tab.run(f"import sys\nprint('before')\n{leaving}\nprint('after')")
    assert (outcome.state, outcome.on("stdout")) == (state, "before\n")
    if state == "error":
        said = outcome.mistake["text"]
        assert any(code in said for code in ("3", "2", "no configuration"))


def test_a_program_that_asks_for_input_is_told_that_there_is_none(tab: Tab) -> None:
    outcome = tab.run("name = input('Your name? ')", seconds=20)
    assert outcome.state == "error"
    assert outcome.mistake["type"] in {"EOFError", "OSError"}
    assert outcome.mistake["trace"][-1]["line"] == 1


def mistake_in(outcome: Outcome) -> list[tuple[str, int, str]]:
    """The frames that the reader is shown."""
    return [(one["path"], one["line"], one["name"]) for one in outcome.mistake["trace"]]


def test_an_error_shows_the_readers_frames_and_no_others(tab: Tab) -> None:
    outcome = tab.run(
        """
        import asyncio

        async def pay(amount):
            return amount / 0

        async def main():
            await asyncio.gather(pay(1))

        asyncio.run(main())
        """
    )
    assert outcome.mistake["type"] == "ZeroDivisionError"
    names = [name for _, _, name in mistake_in(outcome)]
    assert names[0] == "<module>"
    assert names[-1] == "pay"
    assert {path for path, _, _ in mistake_in(outcome)} == {PROGRAM}
    assert outcome.mistake["trace"][-1]["text"] == "return amount / 0"
    for runtimes in ("/archives", "/lib/python", "pyodide", "/tab/", "/listing"):
        assert runtimes not in outcome.mistake["text"]


def test_an_error_inside_a_library_shows_the_readers_line(tab: Tab) -> None:
    outcome = tab.run(
        """
        from pydantic import BaseModel

        class User(BaseModel):
            age: int

        User(age="old")
        """,
        "pydantic",
    )
    assert outcome.mistake["type"].endswith("ValidationError")
    assert mistake_in(outcome) == [(PROGRAM, 7, "<module>")]
    assert "Input should be a valid integer" in outcome.mistake["text"]


def test_a_second_file_of_the_reader_is_named_in_an_error(tab: Tab) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/prices.py": "def price():\n    raise KeyError('apple')\n",
    }
    outcome = tab.run("from shop.prices import price\nprice()", files=files)
    assert mistake_in(outcome) == [(PROGRAM, 2, "<module>"), ("shop/prices.py", 2, "price")]
    assert outcome.mistake["type"] == "KeyError"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("next(iter([]))", "StopIteration"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("raise StopAsyncIteration", "StopAsyncIteration"),
        ("import asyncio; raise asyncio.CancelledError", "asyncio.exceptions.CancelledError"),
        ("def f():\n    yield next(iter([]))\nlist(f())", "RuntimeError"),
    ],
)
def test_any_exception_may_end_a_program(tab: Tab, text: str, kind: str) -> None:
    outcome = tab.run(f"print('before')\n{text}")
    assert outcome.mistake["type"] == kind
    assert outcome.mistake["trace"][0]["path"] == PROGRAM
    assert tab.run("print('next')").done == "next\n"


GROUP = """
try:
    try:
        raise ValueError("first")
    except ValueError as first:
        raise RuntimeError("second") from first
except RuntimeError as second:
    raise ExceptionGroup("both", [second, KeyError("third")])
"""


def test_groups_and_causes_are_told_whole(tab: Tab) -> None:
    outcome = tab.run(GROUP)
    assert outcome.mistake["type"] == "ExceptionGroup"
    said = outcome.mistake["text"]
    for part in ("ValueError: first", "RuntimeError: second", "KeyError: 'third'", "direct cause"):
        assert part in said


@pytest.mark.parametrize(
    ("text", "line", "kind"),
    [
        ("x = 1\nif x\n    print(x)", 2, "SyntaxError"),
        ("def f():\nreturn 1", 2, "IndentationError"),
        ("x = 1\n\nawait x", 3, "SyntaxError"),
        ("return 1", 1, "SyntaxError"),
        ("x = 'open", 1, "SyntaxError"),
    ],
)
def test_a_mistake_in_the_syntax_names_its_line(tab: Tab, text: str, line: int, kind: str) -> None:
    outcome = tab.run(text)
    assert outcome.mistake["type"] == kind
    assert [one["line"] for one in outcome.mistake["trace"]] == [line]
    assert outcome.mistake["trace"][0]["path"] == PROGRAM


def test_a_syntax_error_in_a_second_file_names_that_file(tab: Tab) -> None:
    outcome = tab.run("import second", files={"second.py": "x = 1\nif x\n"})
    assert outcome.mistake["trace"][-1]["path"] == "second.py"
    assert outcome.mistake["trace"][-1]["line"] == 2


NEVER_AWAITED = """
import asyncio

async def save():
    print("saved")

async def main():
    save()

asyncio.run(main())
"""


def test_a_coroutine_that_nobody_awaits_is_told_in_its_own_run(tab: Tab) -> None:
    for _ in range(2):
        outcome = tab.run(NEVER_AWAITED)
        assert "coroutine 'save' was never awaited" in outcome.on("stderr")
        assert tab.run("print('next')").on("stderr") == ""


def test_a_warning_is_shown_once_a_run_and_in_every_run(tab: Tab) -> None:
    text = "import warnings\nfor _ in range(3): warnings.warn('old', DeprecationWarning)"
    for _ in range(2):
        assert tab.run(text).on("stderr").count("DeprecationWarning: old") == 1


def test_a_task_exception_that_nobody_fetches_is_told_in_its_own_run(tab: Tab) -> None:
    outcome = tab.run(
        """
        import asyncio

        async def fail():
            raise ValueError("unseen")

        async def main():
            asyncio.create_task(fail())
            await asyncio.sleep(0.01)
            print("end")

        asyncio.run(main())
        """
    )
    assert outcome.on("stdout") == "end\n"
    assert "Task exception was never retrieved" in outcome.on("stderr")
    assert "ValueError: unseen" in outcome.on("stderr")


def test_logging_is_set_up_anew_in_each_run(tab: Tab) -> None:
    text = """
        import logging
        logging.basicConfig(level=LEVEL, format="%(levelname)s %(message)s")
        logging.info("info")
        logging.getLogger("shop").warning("warning")
    """
    assert tab.run(text.replace("LEVEL", "'INFO'")).on("stderr") == "INFO info\nWARNING warning\n"
    assert tab.run(text.replace("LEVEL", "'ERROR'")).on("stderr") == ""


def test_what_a_program_changes_is_changed_for_itself_alone(tab: Tab) -> None:
    changing = """
        import os, sys, signal, decimal, locale, warnings, random, builtins, json
        os.environ["DATABASE_URL"] = "postgresql://elsewhere"
        os.environ["MINE"] = "1"
        os.chdir("/")
        sys.setrecursionlimit(60)
        sys.path.insert(0, "/nowhere")
        decimal.getcontext().prec = 3
        open("left.txt", "w").write("left")
    """
    looking = """
        import os, sys, decimal
        print(os.environ["DATABASE_URL"].startswith("postgresql://postgres@"), "MINE" in os.environ)
        print(sys.getrecursionlimit() >= 1000, "/nowhere" in sys.path, decimal.getcontext().prec)
        print(os.listdir())
    """
    assert tab.run(changing).state == "done"
    assert tab.run(looking).lines == ["True False", "True False 28", "[]"]


# Files and modules


def test_an_edited_second_file_counts_in_the_next_run(tab: Tab) -> None:
    text = "from shop import price\nprint(price.of('tea'))"
    for amount in (3, 4, 5):
        files = {"shop/__init__.py": "", "shop/price.py": f"def of(name): return {amount}"}
        assert tab.run(text, files=files).done == f"{amount}\n"


def test_a_module_that_is_gone_cannot_be_imported(tab: Tab) -> None:
    assert tab.run("import mine", files={"mine.py": ""}).state == "done"
    assert tab.run("import mine").mistake["type"] == "ModuleNotFoundError"


def test_a_data_file_is_read_where_it_stands(tab: Tab) -> None:
    text = """
        from importlib import resources
        from pathlib import Path
        print(Path(__file__).with_name("data.txt").read_text())
        print(resources.files("shop").joinpath("prices.toml").read_text())
    """
    files = {"data.txt": "beside", "shop/__init__.py": "", "shop/prices.toml": "tea = 3"}
    assert tab.run(text, files=files).done == "beside\ntea = 3\n"


def test_a_package_that_was_not_announced_is_fetched(fresh: Tab) -> None:
    text = """
        def late():
            import pydantic
            return pydantic.__name__
        print(late())
    """
    assert fresh.run(text).done == "pydantic\n"
    assert fresh.run("import fastapi, httpx, redis, asyncpg; print('all')").done == "all\n"


def test_a_package_that_only_a_second_file_imports_is_fetched(fresh: Tab) -> None:
    files = {"second.py": "import annotated_types"}
    assert fresh.run("import second; print('in')", files=files).done == "in\n"


LATER = [
    "xml.etree.ElementTree",
    "difflib",
    "unittest",
    "unittest.mock",
    "sqlite3",
    "tarfile",
    "smtplib",
    "http.server",
    "pdb",
    "doctest",
    "wsgiref.simple_server",
    "optparse",
    "email.mime.text",
    "multiprocessing",
    "ctypes",
    "turtle",
]


def test_modules_of_the_standard_library_that_come_later_come(fresh: Tab) -> None:
    at_hand = [name for name in LATER if name not in {"turtle", "sqlite3"}]
    for name in at_hand[:2]:
        assert fresh.run(f"import {name}\nprint({name}.__name__)").done == f"{name}\n"
    assert (
        fresh.run("".join(f"import {name}\n" for name in at_hand) + "print('all')").done == "all\n"
    )


def test_a_module_that_comes_later_comes_for_another_module_too(fresh: Tab) -> None:
    indirect = "import importlib\nprint(importlib.import_module('difflib').__name__)"
    assert fresh.run(indirect).done == "difflib\n"


@pytest.mark.parametrize("name", ["numpy", "no_such_package", "shop.nothing", "constructor"])
def test_an_unknown_package_is_an_ordinary_error(tab: Tab, name: str) -> None:
    outcome = tab.run(f"print('before')\nimport {name}", files={"shop/__init__.py": ""})
    assert outcome.mistake["type"] == "ModuleNotFoundError"
    assert outcome.mistake["message"] == f"No module named {name!r}"
    assert outcome.mistake["trace"][-1]["line"] == 2


CANNOT = {
    "a thread": "import threading; threading.Thread(target=print).start()",
    "a process": "import subprocess; subprocess.run(['ls'])",
    "a fork": "import os; os.fork()",
    "a raw socket": "import socket; socket.create_connection(('localhost', 5432), timeout=1)",
    "another host": "import asyncio; asyncio.run(asyncio.open_connection('example.com', 80))",
}


@pytest.mark.parametrize("text", CANNOT.values(), ids=CANNOT)
def test_what_a_tab_cannot_do_is_an_error_at_once(tab: Tab, text: str) -> None:
    outcome = tab.run(text, seconds=20)
    assert outcome.state == "error"
    assert outcome.mistake["type"] in {
        "RuntimeError",
        "OSError",
        "socket.gaierror",
        "BlockingIOError",
        "NotImplementedError",
        "ConnectionRefusedError",
    }
    assert tab.run("print('next')").done == "next\n"


# JavaScript


def test_javascript_prints_what_node_prints(tab: Tab, node: Path, tmp_path: Path) -> None:
    text = """
        console.log("text", 1, 1n, -0, null, undefined, true);
        console.log({ a: 1, "b-c": [1, "two"], nested: { deep: { deeper: { deepest: 1 } } } });
        console.log(new Map([["k", { v: 1 }]]), new Set([1, "a"]), [], {}, [undefined]);
        console.error("to stderr");
        const later = new Promise((done) => setTimeout(done, 20, "later"));
        setTimeout(() => console.log("timer"), 10);
        queueMicrotask(() => console.log("microtask"));
        console.log(await later);
        console.log([1.5, "it's", 'say "hi"'], function named() {}, () => {}, class A {});
    """
    file = tmp_path / "program.mjs"
    file.write_text(text)
    native = subprocess.run([node, file], capture_output=True, text=True, check=True)
    outcome = tab.run(text, language="javascript")
    assert outcome.state == "done", outcome.error
    assert outcome.on("stdout") == native.stdout
    assert outcome.on("stderr") == native.stderr


@pytest.mark.parametrize(
    "text",
    [
        "null.x",
        "throw new TypeError('mine')",
        "await Promise.reject(new TypeError('mine'))",
        "Promise.reject(new TypeError('mine')); await new Promise(() => setTimeout(() => {}, 9e3))",
        "setTimeout(() => { throw new TypeError('mine') }, 1)",
    ],
)
def test_a_mistake_in_javascript_is_told(tab: Tab, text: str) -> None:
    outcome = tab.run(f"console.log('before');\n{text}", language="javascript", seconds=20)
    assert outcome.state == "error"
    assert outcome.mistake["type"] == "TypeError"
    assert outcome.printed == "before\n"


def test_javascript_that_cannot_be_read_is_an_error(tab: Tab) -> None:
    outcome = tab.run("const x = ;", language="javascript", seconds=20)
    assert outcome.mistake["type"] == "SyntaxError"


def test_stop_ends_javascript(tab: Tab) -> None:
    number = tab.start("console.log('going'); for (;;);", language="javascript")
    tab.wait_for(number, "going")
    tab.stop()
    assert tab.outcome(number).state == "stopped"
    assert tab.run("console.log('next')", language="javascript").done == "next\n"
