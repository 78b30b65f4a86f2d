"""The search index of the finished site, made smaller: all of the prose, and of code the names.

A listing is most of a page's characters, and hardly ever what somebody searches for. What it
calls is, so each name that a page calls, and does not mention, stays in the index once.
"""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

INDEX = Path("search") / "search_index.json"
CODE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
OUTPUT = re.compile(r"^\s*(#>|//>|-->).*", re.MULTILINE)
CALLED = re.compile(r"\b[A-Za-z_]\w{3,}(?=\()")


def shorten(site: Path) -> None:
    """Write the search index of the site anew, without its listings."""
    index = json.loads((site / INDEX).read_text("utf-8"))
    index["docs"] = without_code(index["docs"])
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (site / INDEX).write_text(text, "utf-8")


def without_code(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the index's entries, with the names that their code calls in the place of the code."""
    known: dict[str, set[str]] = {}
    for entry in entries:
        prose = unescape(TAG.sub(" ", CODE.sub(" ", entry["text"])))
        known.setdefault(page(entry), set()).update(re.findall(r"\w+", prose))
    return [entry | {"text": shortened(entry["text"], known[page(entry)])} for entry in entries]


def page(entry: dict[str, Any]) -> str:
    """Return the address of the page that an entry belongs to."""
    return str(entry["location"]).partition("#")[0]


def shortened(text: str, known: set[str]) -> str:
    """Return an entry's text without its code, but with the called names that are not `known`."""
    code = "\n".join(OUTPUT.sub("", unescape(block)) for block in CODE.findall(text))
    names = [name for name in dict.fromkeys(CALLED.findall(code)) if name not in known]
    known.update(names)
    prose = CODE.sub("", text).strip()
    return f"{prose} <code>{' '.join(names)}</code>".strip() if names else prose
