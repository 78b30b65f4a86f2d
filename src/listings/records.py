"""The records: what each listing printed when it last ran plainly, and when each line came.

They stand in `src/<chapter>/records/`, one file a listing, and are committed: a page replays
them where a browser tab cannot run the listing.
"""

import json
from pathlib import Path

from listings.listing import Listing, find_listings
from listings.problem import Problem
from listings.running import Run


def path_of(listing: Listing) -> Path:
    """Return the file that holds the record of `listing`."""
    chapter, *rest = listing.module.split(".")
    return listing.source.joinpath(chapter, "records", *rest).with_suffix(".json")


def printed(listing: Listing) -> list[str] | None:
    """Return the recorded lines, or None if nothing is recorded."""
    path = path_of(listing)
    return [line for _, line in json.loads(path.read_text("utf-8"))] if path.exists() else None


def write(listing: Listing, run: Run) -> None:
    """Record `run`. A record that holds the same lines stays as it is, with its timing."""
    if printed(listing) == run.printed:
        return
    path = path_of(listing)
    path.parent.mkdir(parents=True, exist_ok=True)
    pairs = zip(run.seconds, run.printed, strict=True)
    lines = ",\n".join(json.dumps(pair, ensure_ascii=False) for pair in pairs)
    path.write_text(f"[\n{lines}\n]\n", "utf-8")


def orphans(root: Path) -> list[Problem]:
    """Find records below `root/src` whose listing is gone."""
    wanted = {path_of(listing) for listing in find_listings(root)}
    return [
        Problem(
            path.relative_to(root).as_posix(),
            "a record without its listing",
            "remove it: the listing was renamed or deleted",
        )
        for path in sorted(root.glob("src/chapter*/records/**/*.json"))
        if path not in wanted
    ]
