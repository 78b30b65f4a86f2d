"""`listings.json`: every listing of the finished site, for whatever runs or counts them."""

import json
from pathlib import Path

from listings.pages import sources
from listings.requirements import needs, runs
from listings.site import Block
from listings.verified import verified_on


def entries(root: Path, blocks: list[Block]) -> list[dict[str, object]]:
    """Return what `listings.json` says of each code block, in the order of `blocks`."""
    listings = {listing.module: listing for listing in sources(root).values()}
    found: list[dict[str, object]] = []
    for block in blocks:
        listing = listings[block.module]
        where = runs(listing)
        found.append(
            {
                "module": block.module,
                "section": block.section,
                "page": block.address,
                "language": block.language,
                "needs": needs(listing),
                "runs": where.where,
                "why": where.why,
                "verified": verified_on(root, listing),
            }
        )
    return found


def write(root: Path, site: Path, blocks: list[Block]) -> None:
    """Write `listings.json` into the built site, which shows `blocks`."""
    text = json.dumps({"listings": entries(root, blocks)}, indent=1, ensure_ascii=False)
    (site / "listings.json").write_text(text + "\n", "utf-8")
