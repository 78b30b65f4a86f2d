"""The output lines written under a print: `#>` in Python, `//>` in JavaScript, `-->` in SQL.

pytest-examples checks and rewrites those of Python. For the other languages this module does
the same: each block of output lines is replaced by a command that prints a divider, the copy is
run, and what was printed between two dividers is the output that belongs to the block.
"""

import ast
import re
from collections.abc import Sequence
from itertools import groupby

from listings.listing import Listing
from listings.problem import Problem

SIGNS = {"python": "#>", "shell": "#>", "javascript": "//>", "typescript": "//>", "sql": "-->"}
PRINT_DIVIDER = {  # how each language prints the divider; `{}` is the divider
    "shell": "printf '%s\\n' '{}'",
    "javascript": 'console.log("{}");',
    "typescript": 'console.log("{}");',
    "sql": "\\echo {}",
}
DIVIDER = "=== output {} ==="
END = "=== the end ==="


def expected(listing: Listing) -> list[str]:
    """Return the output lines written in `listing`, in order, without their sign."""
    found = (output_line(listing, line) for line in listing.text.splitlines())
    return [text for text in found if text is not None]


def output_line(listing: Listing, line: str) -> str | None:
    """Return the output that `line` states, or None if it is no output line."""
    sign = SIGNS.get(listing.language)
    if sign is None or not line.lstrip().startswith(sign):
        return None
    return line.lstrip().removeprefix(sign).removeprefix(" ").rstrip()


def with_dividers(listing: Listing) -> str:
    """Return the program with every block of output lines replaced by the print of a divider.

    A last one is printed at its end, so that a program that stops before is noticed.
    """
    number, lines = 0, []
    for stated, block in blocks(listing):
        if stated:
            divider = PRINT_DIVIDER[listing.language].format(DIVIDER.format(number))
            number += 1
        lines += [divider] if stated else block
    end = PRINT_DIVIDER[listing.language].format(END)
    return "\n".join([*lines, end]) + "\n"


def updated(listing: Listing, printed: Sequence[str]) -> str:
    """Return the file with its output lines as the copy with dividers has `printed` them.

    Raises:
        ValueError: a divider was printed out of order, more than once or not at all,
            something was printed after the last block of output lines, or the program stopped
            before its end.
    """
    if not printed or printed[-1] != END:
        raise ValueError("the program stops before its last line, so lines of it never run")
    outputs = split_at_dividers(printed[:-1])
    sign = SIGNS[listing.language]
    lines: list[str] = []
    for stated, block in blocks(listing):
        if stated and not outputs:
            raise ValueError(
                f"the output line {block[0].strip()!r} stands in a place never reached"
            )
        if stated:
            indent = block[0][: len(block[0]) - len(block[0].lstrip())]
            lines += [f"{indent}{sign} {line}".rstrip() for line in outputs.pop(0)]
        else:
            lines += block
    return "\n".join(lines) + "\n"


def split_at_dividers(printed: Sequence[str]) -> list[list[str]]:
    """Split what the copy printed into the output of each block.

    Raises:
        ValueError: the dividers are not 0, 1, 2 …, or lines follow the last one.
    """
    outputs: list[list[str]] = [[]]
    for line in printed:
        if line == DIVIDER.format(len(outputs) - 1):
            outputs.append([])
        elif re.fullmatch(DIVIDER.format(r"\d+"), line):
            raise ValueError("an output line stands in a place that runs twice or out of order")
        else:
            outputs[-1].append(line)
    if outputs[-1]:
        raise ValueError(f"no output line stands under the print of {outputs[-1][0]!r}: add one")
    return outputs[:-1]


def blocks(listing: Listing) -> list[tuple[bool, list[str]]]:
    """Group the file's lines into runs that state output (True) and that do not (False)."""
    lines = listing.text.splitlines()
    grouped = groupby(lines, key=lambda line: output_line(listing, line) is not None)
    return [(stated, list(block)) for stated, block in grouped]


def misplaced(listing: Listing) -> list[Problem]:
    """Find `#>` lines of a Python listing that do not stand directly under their print.

    pytest-examples would check them all the same, in another order than the reader sees. Its
    other form, a string in triple quotes after a print, is refused too: it is not what was
    printed but what a formatter made of it.
    """
    tree = ast.parse(listing.text, str(listing))
    prints = {
        node.end_lineno: node
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and is_print(node)
    }
    problems = []
    number = 1
    for stated, block in blocks(listing):
        before, number = number - 1, number + len(block)
        print_call = prints.get(before)
        indent = len(block[0]) - len(block[0].lstrip())
        if stated and (print_call is None or print_call.col_offset != indent):
            what = f"the output line {block[0].strip()!r} does not stand directly under its print"
            remedy = "move it below the print, with the same indentation, or run make update"
            problems.append(Problem(f"{listing}:{before + 1}", what, remedy))
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and is_text(node.value) and node.lineno - 1 in prints:
            what = "an output in triple quotes: a long value was reformatted, not printed"
            remedy = "print a string that fits on one line"
            problems.append(Problem(f"{listing}:{node.lineno}", what, remedy))
    return problems


def is_print(statement: ast.Expr) -> bool:
    """Say whether a statement is a call of `print`."""
    call = statement.value
    function = call.func if isinstance(call, ast.Call) else None
    return isinstance(function, ast.Name) and function.id == "print"


def is_text(node: ast.AST) -> bool:
    """Say whether an expression is a string literal."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
