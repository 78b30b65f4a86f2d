"""The latency list with a second for each nanosecond: the figure's data and its still.

`tests/benchmarks/latency.py` measures, and writes both.
"""

import json
from math import log
from pathlib import Path
from typing import Any

PLACE = Path("docs/assets/figures/recordings/latency/ladder.json")
STILL = Path("docs/assets/figures/ladder.svg")
# A row of the list, and what the figure calls it. What was not measured counts as in 2012.
RUNGS = {
    "Read from the L1 cache": "a number from the L1 cache",
    "Lock and unlock a mutex": "a lock, taken and given back",
    "Round trip in a data centre": "a round trip on one machine",
    "Read 4 kB at random, SSD": "4 kB from the disk",
    "Read 1 MB in a row, SSD": "1 MB from the disk",
    "California to the Netherlands and back": "California, Netherlands, back",
}
UNITS = {"year": 31_557_600, "day": 86_400, "hour": 3600, "minute": 60, "second": 1}
MARKS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "year": 31_557_600}
WIDTH, ROW, LEAST, MOST = 360, 32, 0.2, 4e8


def scaled(nanoseconds: float) -> str:
    """Return a time in words, a second for each nanosecond, with two digits that count."""
    unit = next((unit for unit, size in UNITS.items() if nanoseconds >= size), "second")
    count = f"{float(f'{nanoseconds / UNITS[unit]:.2g}'):g}"
    return f"{count} {unit}{'' if count == '1' else 's'}"


def record(
    listed: dict[str, float], measured: dict[str, float], source: dict[str, str]
) -> dict[str, Any]:
    """Return what the figure shows.

    Args:
        listed: the list of 2012, in nanoseconds.
        measured: what was measured, in nanoseconds, by the same names.
        source: where and when.
    """
    rungs = [
        {
            "name": name if row in measured else f"{name} (2012)",
            "nanoseconds": measured.get(row, listed[row]),
            "as": scaled(measured.get(row, listed[row])),
        }
        for row, name in RUNGS.items()
        if row in measured or "disk" not in name
    ]
    return {**source, "rungs": sorted(rungs, key=lambda rung: float(rung["nanoseconds"]))}


def x(nanoseconds: float) -> float:
    """Return how far to the right a time stands, each decade as wide as the others."""
    return round(log(nanoseconds / LEAST) / log(MOST / LEAST) * WIDTH, 1)


def still(recording: dict[str, Any]) -> str:
    """Return the drawing for print and for readers without JavaScript."""
    rungs = recording["rungs"]
    floor = len(rungs) * ROW + 4
    told = "; ".join(f"{rung['name']}: {rung['as']}" for rung in rungs)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {floor + 20}" role="img"'
        ' aria-labelledby="ladder-title ladder-desc">',
        '<title id="ladder-title">Latencies, with a second for each nanosecond</title>',
        f'<desc id="ladder-desc">On a scale on which a nanosecond is a second. {told}.</desc>',
    ]
    for name, mark in MARKS.items():
        lines += [
            f'<path class="thin" d="M{x(mark)} 0V{floor}"/>',
            f'<text class="soft" x="{x(mark)}" y="{floor + 15}" text-anchor="middle">{name}</text>',
        ]
    for place, rung in enumerate(rungs):
        top, at = place * ROW, x(rung["nanoseconds"])
        lines += [
            f'<text x="0" y="{top + 15}">{rung["name"]}</text>'
            f'<text x="{WIDTH}" y="{top + 15}" text-anchor="end">{rung["as"]}</text>',
            f'<path class="line" d="M0 {top + 24}H{at}"/>'
            f'<circle class="tip" cx="{at}" cy="{top + 24}" r="3.5"/>',
        ]
    return "\n".join([*lines, "</svg>"]) + "\n"


def write(root: Path, recording: dict[str, Any]) -> None:
    """Write the recording and the still below `root`."""
    (root / PLACE).parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(recording, ensure_ascii=False, separators=(",", ":"))
    (root / PLACE).write_text(text + "\n", "utf-8")
    (root / STILL).write_text(still(recording), "utf-8")
