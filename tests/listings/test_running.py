"""Listings run plainly, in an empty folder; what fails says so; what is not reached is found."""

import sys
from collections.abc import Callable

import pytest

from listings.listing import Listing
from listings.running import ListingFailedError, run

Make = Callable[[str, str], Listing]


POOL = """\
from concurrent.futures import ProcessPoolExecutor


def square(number):
    return number * number


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as pool:
        print(list(pool.map(square, [3])))
"""


@pytest.fixture
def path(programs: str) -> dict[str, str]:
    """All that a listing without servers needs."""
    return {"PATH": programs}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("hello.py", 'print("hello")\nprint("again")\n'),
        ("hello.mjs", 'console.log("hello");\nconsole.log("again");\n'),
        ("hello.ts", 'const word: string = "hello";\nconsole.log(word + "\\nagain");\n'),
        ("hello.sh", "echo hello\necho again >&2\n"),
    ],
)
def test_what_is_printed_is_read_line_by_line(
    path: dict[str, str], listing: Make, name: str, code: str
) -> None:
    done = run(listing(name, code), path)
    assert done.printed == ["hello", "again"]
    assert len(done.seconds) == 2
    assert done.unreached == set()


def test_it_runs_in_an_empty_folder(path: dict[str, str], listing: Make) -> None:
    done = run(
        listing("where.py", "import os\nprint(os.listdir(), len(os.environ['HOME']) > 1)"), path
    )
    assert done.printed == ["[] True"]


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("raises.py", 'raise ValueError("no")\n', "ValueError: no"),
        ("warns.py", 'import warnings\nwarnings.warn("old")\n', "UserWarning: old"),
        ("forgets.py", "async def f(): ...\n\nf()\n", "never awaited"),
        ("raises.mjs", 'throw new Error("no");\n', "Error: no"),
        ("complains.mjs", 'console.error("hm");\n', "hm"),
        ("stops.sh", "false\necho never\n", "exit status 1"),
    ],
)
def test_a_failure_names_the_listing_and_what_it_said(
    path: dict[str, str], listing: Make, name: str, code: str, message: str
) -> None:
    with pytest.raises(ListingFailedError, match=rf"(?s)src/chapter9/{name}: .*{message}"):
        run(listing(name, code), path)


@pytest.mark.parametrize(
    ("name", "code"),
    [("hangs.py", "while True: pass\n"), ("hangs.sh", "sleep 600 & wait\n")],
)
def test_one_that_hangs_is_stopped_with_its_children(
    path: dict[str, str], listing: Make, name: str, code: str
) -> None:
    with pytest.raises(ListingFailedError, match="did not end within 1 seconds"):
        run(listing(name, code), path, limit=1)


def test_toml_is_parsed(path: dict[str, str], listing: Make) -> None:
    assert run(listing("good.toml", "a = 1\n"), path).printed == []
    with pytest.raises(ValueError, match="line 1"):
        run(listing("bad.toml", "a = = 1\n"), path)


@pytest.mark.parametrize(
    ("name", "code", "lines"),
    [
        ("a.py", "import sys\nif sys.argv[1:]:\n    print(1)\n", {3}),
        (
            "a.py",
            "import sys\nif sys.argv[1:]:  # elsewhere: with arguments\n    print(1)\n",
            set(),
        ),
        ("a.py", "def unused():\n    return 1\n", {2}),
        ("a.mjs", "if (process.argv[2]) {\n  console.log(1);\n}\n", {2}),
        ("a.mjs", "function unused() {\n  return 1;\n}\n", {1, 2}),
        ("a.mjs", "console.log(1);\n", set()),
        ("a.mjs", 'const x = "🐘🐘🐘🐘🐘";\r\nif (!x) {\r\n  console.log(1);\r\n}\r\n', {3}),
        ("a.py", "import sys\nif sys.argv[1:]:  # pragma: no cover\n    print(1)\n", {3}),
        ("a.py", POOL, set()),
    ],
)
def test_lines_that_no_run_reaches_are_found(
    path: dict[str, str], listing: Make, name: str, code: str, lines: set[int]
) -> None:
    assert run(listing(name, code), path).unreached == lines


def test_python_is_this_python(path: dict[str, str], listing: Make) -> None:
    done = run(listing("which.py", "import sys\nprint(sys.executable)\n"), path)
    assert done.printed == [sys.executable]
