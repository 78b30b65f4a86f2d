"""Every listing of the chapter runs on real servers and prints what its page shows."""

import difflib
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import pytest
from pytest_examples import CodeExample, EvalExample

from listings import outputs, records, verified
from listings.listing import Listing, find_listings
from listings.running import ListingFailedError, Run, run

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.timeout(40)

LISTINGS = find_listings(ROOT)
PYTHON = [listing for listing in LISTINGS if listing.language == "python"]
# What `ruff check` leaves out for listings; pytest-examples does not see their paths.
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
UNLINTED = PROJECT["tool"]["ruff"]["lint"]["per-file-ignores"]["src/chapter*/**"]
UNLIKE = "what it prints is not what it shows (- shown, + printed):\n"
TYPESCRIPT = [listing.path for listing in LISTINGS if listing.language == "typescript"]
OTHERS = [listing for listing in LISTINGS if listing.language in outputs.PRINT_DIVIDER]


@pytest.mark.parametrize("listing", PYTHON, ids=str)
@pytest.mark.usefixtures("environment")
def test_python_prints_what_the_page_shows(listing: Listing, eval_example: EvalExample) -> None:
    module = CodeExample.create(listing.text, path=listing.path, prefix="py")
    module.group = uuid4()
    settings = {"__spec__": None}  # lets multiprocessing start in a copy that has no module name
    eval_example.set_config(
        line_length=100,
        ruff_line_length=100,
        ruff_ignore=UNLINTED,
        target_version="py311",  # type: ignore[arg-type]
    )
    if eval_example.update_examples:
        eval_example.run_print_update(module, module_globals=settings, rewrite_assertions=False)
    else:
        eval_example.lint_ruff(module)
        eval_example.run_print_check(module, module_globals=settings, rewrite_assertions=False)


@pytest.mark.parametrize("listing", PYTHON, ids=str)
def test_python_is_formatted(listing: Listing) -> None:
    # The formatter takes `#>` for a comment without its space, so it sees a copy that has one.
    copy = re.sub(r"(?m)^( *)#>", r"\1# >", listing.text)
    ruff = [sys.executable, "-m", "ruff", "format", "--diff", "--stdin-filename=listing.py", "-"]
    done = subprocess.run(ruff, input=copy, capture_output=True, text=True, check=False)
    if done.returncode:
        refuse(f"{listing}: format it like this\n{done.stdout.replace('# >', '#>')}")


@pytest.mark.parametrize("listing", OTHERS, ids=str)
def test_other_languages_print_what_the_page_shows(
    listing: Listing, environment: dict[str, str], tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    copy = tmp_path / listing.path.name
    (tmp_path / "node_modules").symlink_to(environment["NODE_PACKAGES"])
    copy.write_text(outputs.with_dividers(listing), "utf-8")
    try:
        printed = run(Listing(copy, tmp_path), environment).printed
        shown = outputs.updated(listing, printed)
    except (ListingFailedError, ValueError) as problem:
        refuse(f"{listing}: {problem}")
    if pytestconfig.getoption("update_examples"):
        listing.path.write_text(shown, "utf-8")
    elif shown != listing.text:
        refuse(f"{listing}: {UNLIKE}{difference(listing.text.splitlines(), shown.splitlines())}")


@pytest.mark.skipif(not TYPESCRIPT, reason="this copy of the book has no listing in TypeScript")
def test_typescript_compiles(environment: dict[str, str]) -> None:
    # Node only strips the types; it takes the compiler to check them.
    options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "esnext"]
    done = subprocess.run(
        ["tsc", *options, "--skipLibCheck", *TYPESCRIPT],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        refuse(done.stdout)


@pytest.mark.parametrize("listing", LISTINGS, ids=str)
def test_runs_by_itself(
    listing: Listing,
    environment: dict[str, str],
    runtimes: dict[str, str],
    pytestconfig: pytest.Config,
) -> None:
    try:
        done = run(listing, environment)
    except ListingFailedError as problem:
        refuse(str(problem))
    check_reached(listing, done)
    if pytestconfig.getoption("update_examples"):
        records.write(listing, done)
        return
    if done.printed != outputs.expected(listing):
        refuse(f"{listing}: {UNLIKE}{difference(outputs.expected(listing), done.printed)}")
    check_record(listing, done)
    verified.write(ROOT, listing, runtimes)


def check_reached(listing: Listing, done: Run) -> None:
    """Every line that a page shows has been executed, or says in a comment where it is."""
    shown = {line for section in listing.sections.values() for line in section.lines}
    if left := sorted(done.unreached & shown):
        refuse(
            f"{listing}: no run reaches the shown lines {left}. Reach them, hide them, or give the"
            " reason on the line: # elsewhere: only Windows takes this branch"
        )


def check_record(listing: Listing, done: Run) -> None:
    """Keep the record in step at an author's desk; in CI it has to be committed already."""
    if not os.environ.get("CI"):
        records.write(listing, done)
    elif records.printed(listing) != done.printed:
        refuse(f"{listing}: its record is out of date. Run make quick and commit the record.")


def difference(written: list[str], printed: list[str]) -> str:
    """Return what has to go (-) and what has to come (+), line by line."""
    return "\n".join(line for line in difflib.ndiff(written, printed) if line[0] != "?")


def refuse(message: str) -> NoReturn:
    """Fail with a message for the listing's author, who need not see how the tests work."""
    raise pytest.fail.Exception(message, pytrace=False) from None
