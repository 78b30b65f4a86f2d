"""Which lines of a listing a run did not reach: by coverage.py for Python, by V8 for JavaScript."""

import json
from pathlib import Path
from typing import Any

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
        missing = missing_in_python(listing, measured / "coverage")
    elif listing.language == "javascript":
        missing = missing_in_javascript(listing, measured)
    else:
        missing = set()
    lines = listing.text.splitlines()
    return {number for number in missing if ELSEWHERE not in lines[number - 1]}


def missing_in_python(listing: Listing, data: Path) -> set[int]:
    """Read coverage.py's data; a comment on a line that opens a block speaks for the block."""
    report = coverage.Coverage(data_file=str(data), config_file=False)
    report.exclude(rf"# {ELSEWHERE} \S")
    report.load()
    return set(report.analysis2(str(listing.path))[3])


def missing_in_javascript(listing: Listing, measured: Path) -> set[int]:
    """Read V8's block counts (the format of `NODE_V8_COVERAGE`): the innermost range decides."""
    address = listing.path.as_uri()
    counts = [1] * len(listing.text)
    for file in measured.glob("coverage-*.json"):
        scripts: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))["result"]
        for script in (script for script in scripts if script["url"] == address):
            ranges = [range_ for one in script["functions"] for range_ in one["ranges"]]
            for span in sorted(ranges, key=lambda span: span["startOffset"] - span["endOffset"]):
                length = span["endOffset"] - span["startOffset"]
                counts[span["startOffset"] : span["endOffset"]] = [span["count"]] * length
    missing, offset = set(), 0
    for number, line in enumerate(listing.text.splitlines(keepends=True), start=1):
        code = [count for count, sign in zip(counts[offset:], line, strict=False) if sign.isalnum()]
        if 0 in code:
            missing.add(number)
        offset += len(line)
    return missing
