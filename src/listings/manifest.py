"""`listings.json`: every listing of the finished site, for whatever runs or counts them."""

import json
from pathlib import Path

from listings.pages import sources
from listings.requirements import needs, runs
from listings.site import blocks
from listings.verified import verified_on


def entries(root: Path, site: Path) -> list[dict[str, object]]:
    """Return what `listings.json` says of each code block of the built site, in page order."""
    listings = {listing.module: listing for listing in sources(root).values()}
    found: list[dict[str, object]] = []
    for block in blocks(site):
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


def write(root: Path, site: Path) -> None:
    """Write `listings.json` into the built site."""
    text = json.dumps({"listings": entries(root, site)}, indent=1, ensure_ascii=False)
    (site / "listings.json").write_text(text + "\n", "utf-8")
