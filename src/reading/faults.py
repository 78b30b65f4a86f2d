"""What is wrong with the quick checks of the book, said with a remedy."""

from collections.abc import Iterator
from pathlib import Path

from listings import records
from listings.listing import Listing
from listings.outputs import output_line
from listings.pages import sources
from listings.problem import Problem
from reading.checks import Check, find

FEWEST = 3  # answers; of two, one guesses


def problems(root: Path) -> list[Problem]:
    """Return what is wrong with the checks of all pages below `root/docs`."""
    known = sources(root)
    return [
        Problem(check.place, what, remedy)
        for check in find(root)
        for what, remedy in [*unfit(check), *unlike(check, known)]
    ]


def unfit(check: Check) -> Iterator[tuple[str, str]]:
    """Yield what the form of a check lacks, each with its remedy."""
    if not check.question:
        yield "a check without its question", 'write it behind `!!! check`, in "quotation marks"'
    if len(check.choices) < FEWEST:
        what = f"{len(check.choices)} answers, too few to be more than a guess"
        yield what, f"write at least {FEWEST}, each as `- [ ] …` on one line, indented by 4"
    if (right := sum(choice.right for choice in check.choices)) != 1:
        yield f"{right} right answers", "mark one with `[x]`, and the others with `[ ]`"
    for choice in check.choices:
        if not choice.why:
            what = f"the answer {choice.text!r} has no explanation"
            yield what, "explain it below, after an empty line, indented by 8"


def unlike(check: Check, known: dict[str, Listing]) -> Iterator[tuple[str, str]]:
    """Yield what sets a prediction apart from what its listing printed, each with its remedy."""
    if check.prints is None:
        return
    path, name, number = check.prints
    try:
        line = printed(known, path, name, number)
    except LookupError as problem:
        yield str(problem), "correct the line `prints:`"
        return
    if (path, name) not in check.shown:
        yield f"{path}:{name} is not the next listing", "put the prediction right before it"
    for choice in check.choices:
        if choice.right != (line.strip() in choice.code):
            kind = "right" if choice.right else "wrong"
            what = f"the listing printed {line!r}, and the {kind} answer is {choice.text!r}"
            yield what, "write the right answer as the listing printed it, and explain it anew"


def printed(known: dict[str, Listing], path: str, name: str, number: int | None) -> str:
    """Return the line that a listing's record has at a place of a section.

    Args:
        known: the listings by their path below `src`.
        path: the listing's path.
        name: the section's name.
        number: which of the lines of output that the section states, from 1; None for the last.

    Raises:
        LookupError: there is no such listing, section, line, or no record.
    """
    listing = known.get(path)
    section = listing.sections.get(name) if listing else None
    if listing is None or section is None:
        raise LookupError(f"there is no listing {path}:{name}")
    lines = listing.text.splitlines()
    stated = [at for at, one in enumerate(lines, 1) if output_line(listing, one) is not None]
    here = [place for place, at in enumerate(stated) if at in section.lines]
    record = records.printed(listing)
    if record is None or len(record) != len(stated):
        raise LookupError(f"{path} has no record as it is now: run make quick")
    if not here or (number is not None and not 1 <= number <= len(here)):
        raise LookupError(f"{path}:{name} states {len(here)} lines of output")
    return record[here[-1 if number is None else number - 1]]
