"""Two pieces of the same work, given to processes, threads or coroutines, and recorded."""

import sys
from pathlib import Path

from scenarios.keeping import printed

PROGRAM = Path(__file__).with_name("pieces.py")
PLACE = Path("docs/assets/figures/recordings/workers/pieces.json")
WORK = ["computes", "waits"]
WAYS = ["processes", "threads", "coroutines"]
TOGETHER = 0.05  # the share of the time from which on two count as working at once
TRIES = 10
Turns = list[list[float]]
Recording = dict[str, dict[str, list[Turns]]]


def record() -> Recording:
    """Run the program for each work and way, and return the turns of its pieces.

    It takes a machine of two cores or more. One that is busy may give both processes the same
    core for as long as they run; then they are run again.
    """
    found = {
        work: {way: printed(sys.executable, PROGRAM, way, work) for way in WAYS} for work in WORK
    }
    for _ in range(TRIES):
        if order(*found["computes"]["processes"]) == "at once":
            break
        found["computes"]["processes"] = printed(sys.executable, PROGRAM, "processes", "computes")
    return found


def facts(recording: Recording) -> dict[str, dict[str, str]]:
    """Return how the pieces lay to each other, however fast the machine is."""
    return {
        work: {way: order(*lanes) for way, lanes in ways.items()}
        for work, ways in recording.items()
    }


def order(first: Turns, second: Turns) -> str:
    """Say whether two pieces were worked on at once, in turns, or one after the other."""
    lasted = max(first[-1][1], second[-1][1])
    if together(first, second) > TOGETHER * lasted:
        return "at once"
    return "in turns" if second[0][0] < first[-1][1] else "one after the other"


def together(first: Turns, second: Turns) -> float:
    """Return for how long both pieces were being worked on, in milliseconds."""
    return sum(
        max(0, min(ended, other_ended) - max(begun, other_begun))
        for begun, ended in first
        for other_begun, other_ended in second
    )
