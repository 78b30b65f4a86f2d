"""What was verified, and on what: written by the tests, read when the site is built.

One file a listing in `.verified/`, never committed. It counts only as long as neither the
listing nor the lock file has changed since.
"""

import hashlib
import json
import platform
from pathlib import Path

from listings.listing import Listing, find_listings
from listings.problem import Problem
from listings.requirements import needs


def path_of(root: Path, listing: Listing) -> Path:
    """Return the file that says what `listing` was verified on."""
    return root / ".verified" / f"{listing.module}.json"


def digest(root: Path, listing: Listing) -> str:
    """Return what the verification holds for: the listing and the locked packages."""
    lock = (root / "requirements.lock").read_bytes()
    return hashlib.sha256(listing.text.encode() + lock).hexdigest()


def write(root: Path, listing: Listing, versions: dict[str, str]) -> None:
    """Note that `listing` has just passed.

    Args:
        root: the project's folder.
        listing: what passed.
        versions: version by name of all servers and runtimes at hand; those that the listing
            needs are kept.
    """
    used = {*needs(listing), listing.language}
    on = {name: version for name, version in versions.items() if name in used}
    if listing.language == "python":
        on["python"] = platform.python_version()
    path = path_of(root, listing)
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"digest": digest(root, listing), "on": on}), "utf-8")


def verified_on(root: Path, listing: Listing) -> dict[str, str] | None:
    """Return the versions on which `listing` passed as it is now, or None if it did not."""
    path = path_of(root, listing)
    if not path.exists():
        return None
    noted = json.loads(path.read_text("utf-8"))
    on: dict[str, str] = noted["on"]
    return on if noted["digest"] == digest(root, listing) else None


def problems(root: Path) -> list[Problem]:
    """Find listings that no test has run since they last changed."""
    return [
        Problem(
            str(listing),
            "no test has run this listing as it is now",
            "run make test; if it still says so, a test leaves this listing out",
        )
        for listing in find_listings(root)
        if verified_on(root, listing) is None
    ]
