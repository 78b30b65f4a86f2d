"""`make update` writes what listings print, once: in a copy with one listing of each kind."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from local_servers import Addresses

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

LISTINGS = {  # as an author leaves them: no output lines, a wrong one, an empty one
    "one.py": '"""Prints twice."""\n\nprint("a")\nprint("b")\n#> wrong\n',
    "two.mjs": "console.log([1]);\n//>\n",
    "three.sql": "SELECT 1 AS one;\n-->\nSELECT 1 / 0;\n-->\n",
    "four.sh": "echo $((6 * 7))\n#>\n",
}
UPDATED = {
    "one.py": '"""Prints twice."""\n\nprint("a")\n#> a\nprint("b")\n#> b\n',
    "two.mjs": "console.log([1]);\n//> [ 1 ]\n",
    "three.sql": "SELECT 1 AS one;\n-->  one\n--> -----\n-->    1\n--> (1 row)\n"
    "SELECT 1 / 0;\n--> ERROR:  division by zero\n",
    "four.sh": "echo $((6 * 7))\n#> 42\n",
}


@pytest.fixture
def book(copy: Path) -> Path:
    """A git work tree with these listings and no others, all committed."""
    shutil.rmtree(copy / "src" / "chapter1")
    chapter = copy / "src" / "chapter1"
    chapter.mkdir()
    for name, text in LISTINGS.items():
        (chapter / name).write_text(text, "utf-8")
    (copy / ".gitignore").write_text("__pycache__/\n.verified/\n", "utf-8")
    git(copy, "init", "--quiet")
    commit(copy)
    return copy


def git(folder: Path, *arguments: str) -> str:
    """Run a git command and return what it prints."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    somebody = ["-c", "user.name=An author", "-c", "user.email=author@example.com"]
    git(folder, *somebody, "commit", "--quiet", "--message=All")


def update(book: Path, servers: Addresses) -> subprocess.CompletedProcess[str]:
    """Run `make update`'s command in the copy."""
    return subprocess.run(
        [sys.executable, "-m", "listings", "update"],
        cwd=book,
        env=os.environ | servers.environment | {"PYTHONPATH": str(book / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_outputs_and_records_are_written_once(book: Path, servers: Addresses) -> None:
    first = update(book, servers)
    assert first.returncode == 0, first.stdout + first.stderr
    chapter = book / "src" / "chapter1"
    assert {name: (chapter / name).read_text("utf-8") for name in LISTINGS} == UPDATED
    records = {path.name for path in (chapter / "records").iterdir()}
    assert records == {"one.json", "two.json", "three.json", "four.json"}
    commit(book)
    again = update(book, servers)
    assert again.returncode == 0
    assert "Nothing had to be rewritten." in again.stdout
    assert git(book, "status", "--porcelain") == ""


def test_what_prints_something_else_each_time_is_refused(book: Path, servers: Addresses) -> None:
    restless = book / "src" / "chapter1" / "restless.py"
    restless.write_text('"""Never twice the same."""\n\nimport os\n\nprint(os.getpid())\n', "utf-8")
    commit(book)
    done = update(book, servers)
    assert done.returncode == 1
    assert "a listing printed something else when it was run again" in done.stderr
    assert "restless.py" in done.stdout


def test_a_dirty_tree_is_refused_and_left_alone(book: Path, servers: Addresses) -> None:
    listing = book / "src" / "chapter1" / "one.py"
    listing.write_text('"""Mine."""\n', "utf-8")
    done = update(book, servers)
    assert done.returncode == 1
    assert "commit or stash them, then run make update again" in done.stderr
    assert listing.read_text("utf-8") == '"""Mine."""\n'
