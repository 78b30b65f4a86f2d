"""Annotations: a `# (1)!` in a section, explained by the numbered list below its fence.

Material pairs them by position. With an item too few, a reader gets another line's explanation.
"""

import re

from listings.fences import INCLUDE, Fence, fences
from listings.listing import Listing
from listings.problem import Problem

MARK = re.compile(r"(?:#|//|--) \((\d+)\)!")


def unpaired(page: str, text: str, listings: dict[str, Listing]) -> list[Problem]:
    """Find fences of a page whose section's annotations and list below do not pair up.

    Args:
        page: the page's name, for the message.
        text: its Markdown.
        listings: the listings by their path relative to `src`.
    """
    lines = text.splitlines()
    problems = []
    for fence in fences(lines):
        include = INCLUDE.match(fence.body[0]) if fence.body else None
        listing = listings.get(include["path"]) if include else None
        section = listing.sections.get(include["section"]) if include and listing else None
        marks = [int(number) for number in MARK.findall(section.text)] if section else []
        items = items_below(lines, fence)
        if items and section and not marks:
            what = "a numbered list right below a listing explains its annotations; it has none"
            problems.append(Problem(f"{page}:{fence.line}", what, "put a sentence between them"))
        elif marks and sorted(marks) != list(range(1, items + 1)):
            what = f"the section is annotated {marks}, and the list below has {items} items"
            remedy = "number the annotations from 1, and give each an item right below the fence"
            problems.append(Problem(f"{page}:{fence.line}", what, remedy))
    return problems


def items_below(lines: list[str], fence: Fence) -> int:
    """Count the items of the numbered list that follows a fence, at the fence's indentation."""
    opening = lines[fence.line - 1]
    indent = opening[: len(opening) - len(opening.lstrip())]
    items = 0
    for line in lines[fence.line + len(fence.body) + 1 :]:
        if re.match(rf"{indent}\d+\.\s", line):
            items += 1
        elif line.strip() and not (items and line.startswith(indent + "  ")):
            break
    return items
