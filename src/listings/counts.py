"""How many listings there are, for pages that say so: `{listings.all}`, `{listings.tab}`."""

from pathlib import Path

from markdown.preprocessors import Preprocessor

from listings.listing import find_listings
from listings.requirements import runs

PROGRAMS = {"python", "sql", "javascript", "typescript", "shell"}


def counts(source: Path) -> dict[str, str]:
    """Return what each placeholder stands for.

    Args:
        source: the folder of the listings.
    """
    programs = [one for one in find_listings(source.parent) if one.language in PROGRAMS]
    where = [runs(one).where for one in programs]
    return {
        "{listings.all}": str(len(programs)),
        **{f"{{listings.{kind}}}": str(where.count(kind)) for kind in ("tab", "recorded", "no")},
    }


class Count(Preprocessor):
    """Puts the numbers into a page."""

    def __init__(self, source: Path) -> None:
        super().__init__()
        self.source = source

    def run(self, lines: list[str]) -> list[str]:
        """Return `lines` with their placeholders replaced."""
        if not any("{listings." in line for line in lines):
            return lines
        for placeholder, number in counts(self.source).items():
            lines = [line.replace(placeholder, number) for line in lines]
        return lines
