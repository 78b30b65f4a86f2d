"""How writes into a TCP connection came out of it: the calls on both sides, recorded."""

import sys
from pathlib import Path

from scenarios.keeping import printed

PROGRAM = Path(__file__).with_name("cuts.py")
PLACE = Path("docs/assets/figures/recordings/stream/cuts.json")
WAYS = ["late", "between", "small", "long"]
Calls = dict[str, list[str | int]]


def record() -> dict[str, Calls]:
    """Run the program each way, and return what each call carried: text, or a number of bytes."""
    return {way: printed(sys.executable, PROGRAM, way) for way in WAYS}


def facts(recording: dict[str, Calls]) -> dict[str, object]:
    """Return the calls; of those that carry very much, whether they were several, and the sum."""
    return {
        way: {side: fact(calls) for side, calls in sides.items()}
        for way, sides in recording.items()
    }


def fact(calls: list[str | int]) -> object:
    """Return what comes out each time."""
    numbers = [call for call in calls if isinstance(call, int)]
    return {"several": len(numbers) > 1, "bytes": sum(numbers)} if numbers else calls
