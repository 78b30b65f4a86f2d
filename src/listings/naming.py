"""Names for what Material for MkDocs leaves without one, so that screen readers can tell it.

Attributes that HTML does not allow where Material writes them go away.

A dialog needs a name (WAI-ARIA 1.2, section 5.3.4), and landmarks of one kind need different
ones. What Material's script adds in the browser is named there, by `assets/javascripts/names.js`.
"""

import re
from collections import Counter
from pathlib import Path

SEARCH = '<div class="md-search" data-md-component="search" role="dialog"'
INVALID = re.compile(
    r'(?<=[a-z0-9"]) tabindex=""|(?<=type="checkbox")( id="\w+") autocomplete="off"'
)
NAVIGATION = re.compile(r'(<nav class="[^"]*" aria-label=")([^"]*)(")')


def add_names(site: Path) -> None:
    """Name the search and tell landmarks apart in every HTML page below `site`."""
    for path in sorted(site.glob("**/*.html")):
        html = path.read_text("utf-8")
        path.write_text(named(html), "utf-8")


def named(html: str) -> str:
    """Return a page with its names; one that has them comes back as it is."""
    seen: Counter[str] = Counter()

    def numbered(match: re.Match[str]) -> str:
        label = match[2].strip()
        seen[label.lower()] += 1
        count = seen[label.lower()]
        number = f" ({count})" if count > 1 else ""
        return f"{match[1]}{label}{number}{match[3]}"

    labelled = f'{SEARCH} aria-label="Search"'
    if labelled not in html:
        html = html.replace(SEARCH, labelled)
    # The corner of a table names neither its row nor its column.
    html = NAVIGATION.sub(numbered, html).replace("<th></th>", "<td></td>")
    return INVALID.sub(lambda match: match[1] or "", html)
