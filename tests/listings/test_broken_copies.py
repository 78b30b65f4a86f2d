"""Break a copy of the book in every way an author might, and see each break named."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from listings import pages, site, verified
from listings.listing import find_listings
from listings.problem import Problem
from local_servers import Addresses

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

PASTED = {  # how code gets onto a page without being included
    "tildes": "~~~python\nprint('tildes')\n~~~",
    "four-ticks": "````python\nprint('four-ticks')\n````",
    "attributes": "```{.python title='x' hl_lines='1'}\nprint('attributes')\n```",
    "no-language": "```\nprint('no-language')\n```",
    "indented": "Text.\n\n    print('indented')",
    "in-a-tab": '=== "Tab"\n\n    ```python\n    print("in-a-tab")\n    ```',
    "in-an-admonition": "!!! note\n\n    ```python\n    print('in-an-admonition')\n    ```",
    "indented-in-details": '??? note "Deeper"\n\n        print("indented-in-details")',
    "in-html": "<pre><code>print('in-html')</code></pre>",
    "in-a-list": "1.  One\n\n    ~~~ python\n    print('in-a-list')\n    ~~~",
    "in-a-quote": "> ```python\n> print('in-a-quote')\n> ```",
    "two-includes": "```python\n{include}\nprint('two-includes')\n```",
    "whole-file": '```python\n--8<-- "{path}"\n```',
    "outside-a-fence": "{include}",
}
ONLY_IN_HTML = {"indented", "indented-in-details", "in-html"}


@pytest.fixture
def book(copy: Path) -> Path:
    """A copy whose pages all hold code that was pasted."""
    include = pages.includes(copy)[0]
    line = f'--8<-- "{include.path}:{include.section}"'
    for name, text in PASTED.items():
        body = text.replace("{include}", line).replace("{path}", include.path)
        (copy / "docs" / f"{name}.md").write_text(f"# Pasted\n\n{body}\n", "utf-8")
    return copy


def build(copy: Path) -> Path:
    """Build the copy as it is, with MkDocs alone."""
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--no-strict", "--quiet"]
    variables = os.environ | {"PYTHONPATH": str(copy / "src"), "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(mkdocs, cwd=copy, env=variables, check=True)
    return copy / "site"


def shown(copy: Path, built: Path) -> list[Problem]:
    """Return what is wrong with the code on the built pages."""
    return site.problems(copy, site.blocks(site.read(built)))


def test_pasted_code_is_found_in_the_markdown_and_in_the_html(book: Path) -> None:
    in_markdown = {problem.place: problem for problem in pages.problems(book)}
    in_html = {problem.place.split(":")[0]: problem for problem in shown(book, build(book))}
    for name in PASTED:
        page = f"docs/{name}.md"
        assert page in in_html, name
        assert in_html[page].remedy
        found = [place for place in in_markdown if place.startswith(f"{page}:")]
        assert bool(found) == (name not in ONLY_IN_HTML), name
    good = {include.page for include in pages.includes(book)} - {
        f"docs/{name}.md" for name in PASTED
    }
    assert good
    assert not good & set(in_html)


def test_a_fault_names_page_and_line_and_remedy(book: Path) -> None:
    problems = {problem.place: problem for problem in pages.problems(book)}
    problem = problems["docs/in-a-tab.md:5"]
    assert str(problem) == (
        """docs/in-a-tab.md:5: this code block is pasted, not included: 'print("in-a-tab")'\n"""
        "    put the code into a file below src/, in a named section, and include that"
    )


def test_html_that_differs_from_its_section_is_found(copy: Path) -> None:
    built = build(copy)
    include = next(one for one in pages.includes(copy) if one.path.endswith(".py"))
    page = built / site.address(include.page) / "index.html"
    soup = BeautifulSoup(page.read_bytes(), "html.parser")
    code = soup.select_one(f'figure[data-section="{include.section}"] code')
    assert code is not None
    code.append("\nextra")
    page.write_text(str(soup), "utf-8")
    (problem,) = shown(copy, built)
    assert problem.place == include.place
    assert "differs from the section" in problem.what


def test_an_include_among_prose_and_a_wrong_language_are_found(copy: Path) -> None:
    include = pages.includes(copy)[0]
    line = f'--8<-- "{include.path}:{include.section}"'
    page = copy / include.page
    count = len(page.read_text("utf-8").splitlines())
    more = f"\n{line}\n\n```toml\n{line}\n```\n"
    page.write_text(page.read_text("utf-8") + more, "utf-8")
    found = {problem.place: problem.what for problem in pages.problems(copy)}
    assert found[f"{include.page}:{count + 2}"] == "an include outside a fence"
    assert "this fence says 'toml'" in found[f"{include.page}:{count + 4}"]


def test_an_annotation_without_its_explanation_is_found(copy: Path) -> None:
    page = copy / "docs" / "chapter1" / "databases" / "acid.md"
    text = page.read_text("utf-8")
    page.write_text(re.sub(r"(?m)^2\. .*\n(   .*\n)*", "", text, count=1), "utf-8")
    (problem,) = pages.problems(copy)
    assert problem.place.startswith("docs/chapter1/databases/acid.md:")
    assert problem.what == "the section is annotated [1, 2, 3], and the list below has 2 items"


def test_a_list_below_a_listing_without_annotations_is_found(copy: Path) -> None:
    page = copy / "docs" / "chapter1" / "databases" / "acid.md"
    text = page.read_text("utf-8")
    page.write_text(text.replace(':refused"\n```\n', ':refused"\n```\n\n1. A list.\n'), "utf-8")
    (problem,) = pages.problems(copy)
    assert problem.what.startswith("a numbered list right below a listing")


def test_the_build_is_strict(copy: Path) -> None:
    page = copy / "docs" / "index.md"
    page.write_text(page.read_text("utf-8") + "\n[nowhere](nowhere.md)\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "listings", "build"],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy / "src"), "CI": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "nowhere.md" in done.stderr


def test_unknown_files_and_sections_are_found_by_page_and_line(copy: Path) -> None:
    include = pages.includes(copy)[0]
    page = copy / include.page
    lines = page.read_text("utf-8").splitlines()
    lines[include.line - 1] = lines[include.line - 1].replace(f":{include.section}", ":nowhere")
    page.write_text("\n".join(lines), "utf-8")
    other = copy / "docs" / "other.md"
    other.write_text('```python\n--8<-- "chapter1/absent.py:x"\n```\n', "utf-8")
    found = {problem.place: problem.what for problem in pages.problems(copy)}
    assert "has no section 'nowhere'" in found[include.place]
    assert found["docs/other.md:2"] == "src/chapter1/absent.py is no listing"


def test_a_section_shown_nowhere_is_found(copy: Path) -> None:
    new = copy / "src" / "chapter1" / "python" / "unseen.py"
    new.write_text("# --8<-- [start:unseen]\nprint(1)\n#> 1\n# --8<-- [end:unseen]\n", "utf-8")
    bare = copy / "src" / "chapter1" / "python" / "bare.sql"
    bare.write_text("select 1;\n", "utf-8")
    found = {problem.place: problem.what for problem in pages.problems(copy)}
    assert found["src/chapter1/python/unseen.py:1"] == "no page shows the section 'unseen'"
    assert found["src/chapter1/python/bare.sql"] == "this listing has no section"


def test_python_outside_the_chapters_is_no_listing(copy: Path) -> None:
    stray = copy / "src" / "stray" / "lie.py"
    stray.parent.mkdir()
    stray.write_text("# --8<-- [start:x]\nimport nothing\n# --8<-- [end:x]\n", "utf-8")
    (copy / "docs" / "lie.md").write_text('```python\n--8<-- "stray/lie.py:x"\n```\n', "utf-8")
    found = {problem.place: problem.what for problem in pages.problems(copy)}
    assert found["docs/lie.md:2"] == "src/stray/lie.py is no listing"


BROKEN = {  # what goes wrong when a module is run: its text, and what the report must say
    "changed.py": ("print('new')\n#> old\n", r"changed\.py"),
    "altered.sh": ("echo new\n#> old\n", r"altered\.sh: what it prints is not what it shows"),
    "raises.py": ("raise RuntimeError('on purpose')\n", "RuntimeError: on purpose"),
    "hangs.py": ("import time\n\ntime.sleep(600)\n", r"Timeout"),
    "sleeps.sh": ("sleep 600\n", r"sleeps\.sh: did not end within 3 seconds"),
    "unreached.py": ("import os\n\nif os.sep == '!':\n    os.abort()\n", r"shown lines \[7\]"),
    "exits.py": ("import os\n\nos._exit(0)\n", "let the listing start one for that"),
    "stops.sh": ("echo a\n#> a\nexit 0\necho b\n", "stops before its last line"),
    "warns.py": ("import warnings\n\nwarnings.warn('old', stacklevel=1)\n", "UserWarning: old"),
    "unlinted.py": ("import os\n", "F401"),
    "misplaced.sh": ("#> a\necho a\n", "no output line stands under the print of 'a'"),
}


def test_modules_that_fail_are_reported_by_name(copy: Path, servers: Addresses) -> None:
    folder = copy / "src" / "chapter1" / "broken"
    folder.mkdir()
    for name, (text, _) in BROKEN.items():
        docstring = f'"""Broken: {name}."""\n\n' if name.endswith(".py") else ""
        marked = f"{docstring}# --8<-- [start:all]\n{text}# --8<-- [end:all]\n"
        (folder / name).write_text(marked, "utf-8")
    shorten(copy / "src" / "listings" / "running.py", "limit: float = 30", "limit: float = 3")
    shorten(copy / "tests" / "chapter1" / "test_listings.py", "timeout(40)", "timeout(5)")
    report = run_tests(copy, servers, "-k", "broken")
    for name, (_, message) in BROKEN.items():
        failed = rf"(?m)^FAILED .*{re.escape(name)}\]"
        assert re.search(failed, report), f"{name} passed:\n{report}"
        assert re.search(message, report), f"{name}: {message} is missing from\n{report}"


def shorten(file: Path, patience: str, less: str) -> None:
    """Make the copy wait less for a module that hangs."""
    text = file.read_text("utf-8")
    assert patience in text
    file.write_text(text.replace(patience, less), "utf-8")


def test_a_module_that_was_left_out_is_found(copy: Path, servers: Addresses) -> None:
    for listing in find_listings(copy):
        if listing.path.parent.name != "prologue" and listing.path.name != "constraints.sql":
            listing.path.unlink()  # three listings are enough, and take no minutes
    left_out = find_listings(copy)[-1]
    run_tests(copy, servers, "-k", f"test_runs_by_itself and not {left_out.path.stem}")
    (problem,) = verified.problems(copy)
    assert problem.place == str(left_out)
    assert "a test leaves this listing out" in problem.remedy


def run_tests(copy: Path, servers: Addresses, *options: str) -> str:
    """Run the copy's listings as `make quick` does, and return what pytest reports."""
    pytest_ = [sys.executable, "-m", "pytest", "tests/chapter1", "-p", "no:cacheprovider"]
    variables = os.environ | servers.environment | {"LISTING_SECONDS": "3", "CI": "true"}
    done = subprocess.run(
        [*pytest_, "--tb=short", *options],
        cwd=copy,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr
