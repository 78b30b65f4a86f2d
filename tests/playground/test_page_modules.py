"""The page's modules that need no browser: sections in their module, comparison, explanations.

They run in Node, given their arguments as JSON.
"""

import json
import subprocess
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from browser import NODE

from listings import embedded
from listings.annotations import MARK
from listings.listing import Listing, find_listings
from listings.requirements import runs


@pytest.fixture
def page(root: Path) -> Any:
    """Calls an exported function of a module of `src/playground/page`."""
    return partial(call, root / "src/playground/page")


def call(folder: Path, module: str, code: str, *arguments: object) -> Any:
    """Evaluate `code` with the exports of `module` as `it` and the arguments as `given`."""
    program = (
        f"const it = await import({json.dumps((folder / module).as_uri())});"
        "const given = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        f"Promise.resolve({code}).then((value) => console.log(JSON.stringify(value ?? null)));"
    )
    with_require = "import { createRequire } from 'module'; const require = createRequire('/');"
    node = [str(NODE), "--input-type=module", "--eval", with_require + program]
    done = subprocess.run(
        node, input=json.dumps(arguments), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


MODULE = (
    "import x\n"  # 1
    "# --8<-- [start:one]\n"  # 2
    "def main():  # (1)!\n"  # 3
    "    a()\n"  # 4
    "    # --8<-- [start:two]\n"  # 5
    "    if b:\n"  # 6
    "\n"  # 7
    "        c()\n"  # 8
    "    # --8<-- [end:two]\n"  # 9
    "# --8<-- [end:one]\n"  # 10
    "main()\n"  # 11
)
DATA = {
    "module": "m",
    "path": "m.py",
    "files": {"m.py": MODULE},
    "sections": {"one": [[3, 4], [6, 8]], "two": [[6, 8]]},
}
BLOCKS = {
    "module": "m",
    "path": "m.py",
    "files": {"m.py": "import x\na()\n\nb()\n\nc()\n"},
    "sections": {"first": [[2, 2]], "last": [[6, 6]]},
}
DRAFT = """(() => {
    const draft = new it.Draft(given[0], "two");
    draft.whole = given[1] === "whole";
    draft.text = given[2] ?? draft.original;
    return %s;
})()"""


def test_a_section_is_shown_without_markers_annotations_and_indentation(page: Any) -> None:
    shown = page("program.js", "new it.Program(given[0]).section('one')", DATA)
    assert shown == "def main():\n    a()\n    if b:\n\n        c()"
    assert page("program.js", "new it.Program(given[0]).section('two')", DATA) == (
        "if b:\n\n    c()"
    )


def test_edited_sections_go_back_where_they_were(page: Any) -> None:
    put = "new it.Program(given[0]).withSections(given[1])"
    whole = page("program.js", put, DATA, {"two": "d()\n\ne()"})
    assert whole == "import x\ndef main():\n    a()\n    d()\n\n    e()\nmain()"
    whole = page("program.js", put, BLOCKS, {"last": "z()", "first": "a()\naa()"})
    assert whole == "import x\na()\naa()\n\nb()\n\nz()"


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("import x\na()\n\nb()\n\nc()", {"first": "a()", "last": "c()"}),
        ("import x\na()\n\naa()\n\nb()\n\nz()", {"first": "a()\n\naa()", "last": "z()"}),
        ("import x\n\nb()\n\nc()\n\nb()\n\n", {"first": "", "last": "c()\n\nb()\n\n"}),
        ("import y\na()\n\nb()\n\nc()", None),
        ("import x\na()\n\nB()\n\nc()", None),
        ("import x", None),
    ],
)
def test_sections_are_cut_from_an_edited_module_if_all_around_them_is_the_same(
    page: Any, whole: str, parts: dict[str, str] | None
) -> None:
    cut = "new it.Program(given[0]).parts(['last', 'first'], given[1])"
    assert page("program.js", cut, BLOCKS, whole) == parts


def test_a_section_is_cut_without_its_indentation_if_it_still_has_it(page: Any) -> None:
    cut = "new it.Program(given[0]).parts(['two'], given[1])"
    whole = "import x\ndef main():\n    a()\n    d()\n\n    e()\nmain()"
    assert page("program.js", cut, DATA, whole) == {"two": "d()\n\ne()"}
    assert page("program.js", cut, DATA, whole.replace("    d", "  d")) is None


def test_an_unedited_listing_runs_as_it_is_in_the_book(page: Any) -> None:
    assert page("draft.js", DRAFT % "draft.files", DATA) == DATA["files"]


def test_an_edited_listing_runs_without_markers(page: Any) -> None:
    files = page("draft.js", DRAFT % "draft.files", DATA, "section", "d()")
    assert files == {"m.py": "import x\ndef main():\n    a()\n    d()\nmain()\n"}


@pytest.mark.parametrize(
    ("scope", "text", "line", "visible"),
    [
        ("section", None, 8, 3),  # of the file as it is in the book
        ("section", None, 4, None),
        ("section", None, 2, None),
        ("section", "d()\ne()\nf()\ng()", 7, 4),  # of the file that was run, without markers
        ("section", "d()", 5, None),
        ("whole", None, 8, 6),
        ("whole", "d()\ne()", 2, 2),
    ],
)
def test_lines_are_numbered_as_the_reader_sees_them(
    page: Any, scope: str, text: str | None, line: int, visible: int | None
) -> None:
    assert page("draft.js", DRAFT % f"draft.visible({line})", DATA, scope, text) == visible


TWO_DRAFTS = """(() => {
    const [first, last] = ["first", "last"].map((name) => new it.Draft(given[0], name));
    [first.others, last.others] = [[last], [first]];
    %s
})()"""


def test_the_edits_of_all_blocks_of_a_module_run_together(page: Any) -> None:
    code = """
        last.text = "z()";
        const alone = first.files["m.py"];
        first.text = "a()\\naa()";
        return [alone, first.files["m.py"], last.files["m.py"], last.visible(7), first.visible(7)];
    """
    both = "import x\na()\naa()\n\nb()\n\nz()\n"
    alone = both.replace("aa()\n", "")
    assert page("draft.js", TWO_DRAFTS % code, BLOCKS) == [alone, both, both, 1, None]


def test_the_whole_module_has_the_edits_of_all_blocks_and_gives_them_back(page: Any) -> None:
    code = """
        last.text = "z()";
        first.turn();
        const whole = [first.text, last.text, last.changed, last.module === first.text];
        first.text = first.text.replace("a()", "A()").replace("z()", "Z()");
        first.turn();
        return [...whole, first.edit, last.edit];
    """
    assert page("draft.js", TWO_DRAFTS % code, BLOCKS) == [
        "import x\na()\n\nb()\n\nz()",
        "c()",
        False,
        True,
        {"whole": False, "text": "A()"},
        {"whole": False, "text": "Z()"},
    ]


def test_every_section_of_the_book_survives_the_way_into_the_editor_and_back(
    page: Any, root: Path
) -> None:
    listings = [one for one in find_listings(root) if runs(one).where != "no"]
    code = """given[0].map((data) => {
        const program = new it.Program(data);
        return Object.keys(data.sections).map((name) => {
            const text = program.section(name);
            const back = program.withSections({ [name]: text }) === program.whole;
            return [name, text, back && program.parts([name], program.whole)?.[name] === text];
        });
    })"""
    found = page("program.js", code, [embedded.data(one) for one in listings])
    for one, sections in zip(listings, found, strict=True):
        for name, text, same in sections:
            assert same, f"{one}:{name}"
            assert text == without_annotations(one, name)


def without_annotations(listing: Listing, name: str) -> str:
    lines = listing.sections[name].text.splitlines()
    return "\n".join(
        line[: mark.start()].rstrip() if (mark := MARK.search(line)) else line for line in lines
    )


def test_lines_are_compared_as_records_hold_them(page: Any) -> None:
    lines = "it.lines(given[0], given[1])"
    assert page("compare.js", lines, "a  \n\nb\n", "python") == ["a", "", "b"]
    assert page("compare.js", lines, "a\n\n b\n", "sql") == ["a", " b"]
    assert page("compare.js", lines, "", "python") == []
    assert page("compare.js", lines, "no newline", "python") == ["no newline"]


def test_a_difference_says_whose_line_it_is(page: Any) -> None:
    found = page(
        "compare.js", "it.difference(given[0], given[1])", ["a", "x", "c"], ["a", "b", "c"]
    )
    assert [(line["who"], line["line"]) for line in found] == [
        ("both", "a"),
        ("you", "x"),
        ("book", "b"),
        ("both", "c"),
    ]


@pytest.mark.parametrize(
    ("kind", "message", "expected"),
    [
        ("NameError", "name 'x' is not defined", "no value at this point"),
        ("IndentationError", "unexpected indent", "curly braces"),
        ("SyntaxError", "'await' outside async function", "only inside async def"),
        ("SyntaxError", "expected ':'", "missing colon"),
        ("TypeError", "'NoneType' object is not subscriptable", "Python's null"),
        ("TypeError", "'coroutine' object is not iterable", "nobody awaited it"),
        ("TypeError", "object int can't be used in 'await' expression", "drop the await"),
        ("TypeError", 'can only concatenate str (not "int") to str', "f-string"),
        ("KeyError", "'name'", ".get(key)"),
        ("ModuleNotFoundError", "No module named 'numpy'", "no others"),
        ("pydantic_core._pydantic_core.ValidationError", "1 validation error", "Zod"),
        ("asyncpg.exceptions.UndefinedTableError", 'relation "a" does not exist', "create its"),
        ("asyncpg.exceptions.UniqueViolationError", "duplicate key value", "exists already"),
        ("ConnectionRefusedError", "[Errno 111] Connect call failed", "Nothing listens"),
        ("redis.exceptions.ResponseError", "WRONGTYPE Operation against", "another kind"),
        ("RuntimeError", "can't start new thread", "neither threads"),
        ("ZeroDivisionError", "division by zero", None),
    ],
)
def test_common_mistakes_are_explained(
    page: Any, kind: str, message: str, expected: str | None
) -> None:
    mistake = {"type": kind, "message": message, "text": ""}
    said = page("explain.js", "it.explain(given[0])", mistake)
    assert (expected in said) if expected else said is None


def test_explanations_are_two_short_sentences(page: Any) -> None:
    for said in page("explain.js", "it.EXPLANATIONS.map(([, said]) => said)"):
        assert 1 <= said.count(". ") + said.count("; ") + 1 <= 3, said
        assert len(said.split()) <= 45, said


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("SELECT 1;", True),
        ("SELECT 1", False),
        ("SELECT ';", False),
        ("SELECT ';'", False),
        ("SELECT 'it''s';", True),
        ("SELECT 1; -- really;", True),
        ("SELECT 1 -- not yet;", False),
        ("/* ; */ SELECT 1", False),
        ("DO $$ BEGIN;", False),
        ("DO $x$ BEGIN; END $x$;", True),
        ("\\d users", True),
    ],
)
def test_a_statement_ends_with_a_semicolon_that_counts(
    page: Any, text: str, *, complete: bool
) -> None:
    assert page("statement.js", "it.isComplete(given[0])", text) is complete


def test_a_link_brings_back_what_was_put_in(page: Any) -> None:
    shared = {"module": "m", "section": "s", "whole": True, "text": "print('é')\n" * 99, "of": "1"}
    code = page("share.js", "it.encode(given[0])", shared)
    assert len(code) < 200
    assert set(code) <= set("-_") | set(map(chr, [*range(48, 58), *range(65, 91), *range(97, 123)]))
    assert page("share.js", "it.decode(given[0])", code) == shared


@pytest.mark.parametrize("code", ["", "%", "AAAA", "5V", "q1ZKzs8rSc0rUbIqKSpN1VFKK0pNVbJSSkpV0q"])
def test_a_broken_link_brings_nothing(page: Any, code: str) -> None:
    assert page("share.js", "it.decode(given[0])", code) is None


def test_a_link_cannot_unpack_to_gigabytes(page: Any) -> None:
    huge = {"module": "m", "section": "s", "whole": True, "text": " " * 300_000, "of": "1"}
    code = "it.decode(zip.deflateRawSync(JSON.stringify(given[0])).toString('base64url'))"
    with_zlib = f"(() => {{ const zip = require('zlib'); return {code}; }})()"
    assert page("share.js", with_zlib, huge) is None


def test_a_long_record_is_replayed_faster(page: Any) -> None:
    pace = "it.pace(given[0])"
    assert page("replay.js", pace, [[0.5, "a"], [3, "b"]])["factor"] == 1
    assert page("replay.js", pace, [[0.5, "a"], [12, "b"]]) == {"seconds": 12, "factor": 0.5}
    assert page("replay.js", pace, [])["factor"] == 1
