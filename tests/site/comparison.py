"""Pictures beside those that a maintainer accepted last: which pages look different now."""

import shutil
from pathlib import Path

from PIL import Image, ImageChops

LEVEL = (
    48  # of 255: what a pixel may differ by, since edges are smoothed a little otherwise each time
)
SHARE = 0.001  # of all pixels may differ by more


def difference(new: Path, old: Path) -> float:
    """Return the share of pixels that differ, from 0 to 1; pictures of two sizes differ in all."""
    with Image.open(new) as one, Image.open(old) as other:
        if one.size != other.size:
            return 1.0
        apart = ImageChops.difference(one.convert("L"), other.convert("L")).histogram()
    return sum(apart[LEVEL:]) / sum(apart)


def changes(pictures: Path, accepted: Path) -> dict[str, str]:
    """Say of each picture that does not look as accepted what has become of it.

    Args:
        pictures: the folder of the new ones.
        accepted: the folder of the accepted ones.
    """
    new = {path.name for path in pictures.glob("*.png")}
    old = {path.name for path in accepted.glob("*.png")}
    shares = {name: difference(pictures / name, accepted / name) for name in new & old}
    return (
        {name: f"{share:.1%} differs" for name, share in shares.items() if share > SHARE}
        | dict.fromkeys(new - old, "is new")
        | dict.fromkeys(old - new, "is gone")
    )


def accept(pictures: Path, accepted: Path) -> None:
    """Make the pictures the accepted ones."""
    shutil.rmtree(accepted, ignore_errors=True)
    shutil.copytree(pictures, accepted, ignore=shutil.ignore_patterns("*.html"))
