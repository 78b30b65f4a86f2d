"""How Lighthouse scores the speed of five pages on a phone: the median of several rounds.

The score, of 100, is about time on a simulated phone and network, so no test asks for it.
"""

import gzip
import json
import os
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / "site")]

import lighthouse  # noqa: E402 — tests/site is on the path only now
from served_site import serving  # noqa: E402

RESULT = ROOT / ".bench" / "pages.json"
ROUNDS = int(os.environ.get("ROUNDS", "5"))
GOAL = 95
PACKED = {"Content-Encoding": "gzip"}


def compressed(site: Path, folder: Path) -> Path:
    """Copy the site into `folder`, each file as a host sends it: compressed."""
    for path in site.rglob("*"):
        if path.is_file() and "playground" not in path.parts[:-1]:
            copy = folder / path.relative_to(site)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(gzip.compress(path.read_bytes(), 6))
    loader = Path("assets") / "playground" / "loader.js"  # all of the playground that a page loads
    (folder / loader).parent.mkdir(parents=True)
    (folder / loader).write_bytes(gzip.compress((site / loader).read_bytes(), 6))
    return folder


def main() -> None:
    """Measure, print, and write `.bench/pages.json`."""
    scores: dict[str, list[int]] = {page: [] for page in lighthouse.PAGES}
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(compressed(ROOT / "site", Path(folder)), PACKED) as (address, _),
    ):
        for _round in range(ROUNDS):
            for report in lighthouse.reports(address, "performance", lighthouse.PAGES):
                page = report["page"].removeprefix(address)
                scores[page].append(report["scores"]["performance"])
    medians = {page: statistics.median(found) for page, found in scores.items()}
    print(f"Lighthouse on a phone, of 100; the goal is {GOAL}")
    for page, median in medians.items():
        print(f"{median:6.0f}  {page}  ({min(scores[page])} to {max(scores[page])})")
    RESULT.parent.mkdir(exist_ok=True)
    result = {"medians": medians, "rounds": ROUNDS, "date": datetime.now(UTC).date().isoformat()}
    RESULT.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
