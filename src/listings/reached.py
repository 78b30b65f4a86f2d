"""Which lines of a listing a run did not reach: by coverage.py for Python, by V8 for JavaScript."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import coverage

from listings.listing import Listing

ELSEWHERE = "elsewhere:"  # in a comment: this line runs elsewhere, for the reason that follows


def unreached(listing: Listing, measured: Path) -> set[int]:
    """Return the numbers of the lines that hold code and were not executed.

    Lines with a comment `elsewhere: <reason>` do not count. Shell and SQL run from top to
    bottom, so they have none.

    Args:
        listing: what was run.
        measured: the folder in which coverage.py or V8 left its data.
    """
    if listing.language == "python":
        missing = missing_in_python(listing, measured)
    elif listing.language in {"javascript", "typescript"}:
        missing = missing_in_javascript(listing, measured)
    else:
        missing = set()
    lines = listing.text.splitlines()
    return {number for number in missing if ELSEWHERE not in lines[number - 1]}


def settings(listing: Listing, measured: Path) -> Path:
    """Write what coverage.py needs to measure `listing` and the processes it starts."""
    file = measured / "coveragerc"
    file.write_text(
        "[run]\n"
        "concurrency = thread,multiprocessing\n"
        f"data_file = {measured / 'coverage'}\n"
        f"include = {listing.path.resolve()}\n"
        "parallel = true\n",
        "utf-8",
    )
    return file


def missing_in_python(listing: Listing, measured: Path) -> set[int]:
    """Read coverage.py's data; a comment on a line that opens a block speaks for the block."""
    report = coverage.Coverage(config_file=str(measured / "coveragerc"))
    report.clear_exclude()  # by default, `pragma: no cover` and more would excuse a line
    report.exclude(rf"# {ELSEWHERE} \S")
    report.combine()
    return set(report.analysis2(str(listing.path.resolve()))[3])


def missing_in_javascript(listing: Listing, measured: Path) -> set[int]:
    """Read V8's block counts (the format of `NODE_V8_COVERAGE`): the innermost range decides.

    V8 counts in units of UTF-16, two bytes each.
    """
    text = listing.path.read_bytes().decode("utf-8").encode("utf-16-le")
    counts = [1] * (len(text) // 2)
    for span in sorted(
        spans(listing, measured), key=lambda span: span["startOffset"] - span["endOffset"]
    ):
        length = span["endOffset"] - span["startOffset"]
        counts[span["startOffset"] : span["endOffset"]] = [span["count"]] * length
    missing, offset = set(), 0
    for number, line in enumerate(text.decode("utf-16-le").splitlines(keepends=True), start=1):
        units = [sign for sign in line for _ in range(len(sign.encode("utf-16-le")) // 2)]
        code = zip(counts[offset:], units, strict=False)
        if any(count == 0 and sign.isalnum() for count, sign in code):
            missing.add(number)
        offset += len(units)
    return missing


def spans(listing: Listing, measured: Path) -> list[dict[str, Any]]:
    """Return V8's ranges for `listing`, with their counts.

    Raises:
        LookupError: V8 left none, so nothing can be said.
    """
    for file in measured.glob("coverage-*.json"):
        for script in json.loads(file.read_text("utf-8"))["result"]:
            path = unquote(urlsplit(script["url"]).path)
            if path and Path(path).resolve() == listing.path.resolve():
                return [span for one in script["functions"] for span in one["ranges"]]
    raise LookupError(f"{listing}: V8 did not say which lines were reached")
