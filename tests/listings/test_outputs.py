"""Output lines: where they may stand, and how they are rewritten."""

from collections.abc import Callable

import pytest

from listings import outputs
from listings.listing import Listing

Make = Callable[[str, str], Listing]


def test_each_block_of_output_becomes_what_was_printed_there(listing: Make) -> None:
    script = listing("two.sh", "echo a\n#> old\necho b; echo c\n#>\n")
    copy = outputs.with_dividers(script).splitlines()
    assert copy[0] == "echo a"
    assert copy[1].startswith("printf")
    first, second = outputs.DIVIDER.format(0), outputs.DIVIDER.format(1)
    printed = ["a", first, "b", "c", second, outputs.END]
    assert outputs.updated(script, printed) == "echo a\n#> a\necho b; echo c\n#> b\n#> c\n"


def test_indentation_and_empty_lines_survive(listing: Make) -> None:
    script = listing("indented.mjs", "{\n  console.log();\n  //> x\n}\n")
    assert outputs.updated(script, ["", outputs.DIVIDER.format(0), outputs.END]) == (
        "{\n  console.log();\n  //>\n}\n"
    )


@pytest.mark.parametrize(
    ("printed", "message"),
    [
        (["a", outputs.END], "no output line stands under the print of 'a'"),
        ([outputs.DIVIDER.format(0)] * 2 + [outputs.END], "runs twice or out of order"),
        ([outputs.END], "never reached"),
        (["a", outputs.DIVIDER.format(0)], "stops before its last line"),
    ],
)
def test_output_lines_in_impossible_places_are_refused(
    listing: Make, printed: list[str], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        outputs.updated(listing("a.sh", "echo a\n#> a\n"), printed)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("x = 1\n#> 1\n", 2),
        ("print(1)\n\n#> 1\n", 3),
        ("if True:\n    print(1)\n#> 1\n", 3),
        ("#> 1\nprint(1)\n", 1),
        ('print("long")\n"""\nlong\n"""\n', 2),
    ],
)
def test_a_misplaced_output_line_is_named(listing: Make, code: str, line: int) -> None:
    one = listing("wrong.py", code)
    (problem,) = outputs.misplaced(one)
    assert problem.place == f"src/chapter9/wrong.py:{line}"


def test_output_under_a_print_of_several_lines_is_fine(listing: Make) -> None:
    one = listing("right.py", 'print(\n    "a",\n    "b",\n)\n#> a b\nprint("c")\n#> c\n')
    assert outputs.misplaced(one) == []
    assert outputs.expected(one) == ["a b", "c"]
