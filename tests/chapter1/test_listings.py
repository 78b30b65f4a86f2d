"""Every listing of the chapter runs on real servers and prints what its page shows."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_examples import CodeExample, EvalExample

from listings import outputs, records, verified
from listings.listing import Listing, find_listings
from listings.running import Run, run

ROOT = Path(__file__).parents[2]
LISTINGS = find_listings(ROOT)
PYTHON = [listing for listing in LISTINGS if listing.language == "python"]
# What `ruff check` leaves out for listings; pytest-examples does not see their paths.
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
UNLINTED = PROJECT["tool"]["ruff"]["lint"]["per-file-ignores"]["src/chapter*/**"]
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
    assert done.returncode == 0, f"{listing}: format it like this\n{done.stdout}"


@pytest.mark.parametrize("listing", OTHERS, ids=str)
def test_other_languages_print_what_the_page_shows(
    listing: Listing, environment: dict[str, str], tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    copy = tmp_path / listing.path.name
    copy.write_text(outputs.with_dividers(listing), "utf-8")
    printed = run(Listing(copy, tmp_path), environment).printed
    shown = outputs.updated(listing, printed)
    if pytestconfig.getoption("update_examples"):
        listing.path.write_text(shown, "utf-8")
    else:
        assert shown == listing.text, f"{listing}: its output lines differ from what it prints"


@pytest.mark.parametrize("listing", LISTINGS, ids=str)
def test_runs_by_itself(
    listing: Listing,
    environment: dict[str, str],
    runtimes: dict[str, str],
    pytestconfig: pytest.Config,
) -> None:
    done = run(listing, environment)
    check_reached(listing, done)
    if pytestconfig.getoption("update_examples"):
        records.write(listing, done)
        return
    assert done.printed == outputs.expected(listing), f"{listing}: it printed something else"
    if is_new(listing):
        records.write(listing, done)
    assert records.printed(listing) == done.printed, f"{listing}: run make update to record this"
    verified.write(ROOT, listing, runtimes)


def check_reached(listing: Listing, done: Run) -> None:
    """Every line that a page shows has been executed, or says in a comment where it is."""
    shown = {line for section in listing.sections.values() for line in section.lines}
    left = sorted(done.unreached & shown)
    assert not left, (
        f"{listing}: no run reaches the shown lines {left}. Reach them, hide them, or give the"
        " reason on the line: # elsewhere: only Windows takes this branch"
    )


def is_new(listing: Listing) -> bool:
    """A listing without a record gets one at an author's desk; CI wants it committed."""
    return records.printed(listing) is None and "CI" not in os.environ
