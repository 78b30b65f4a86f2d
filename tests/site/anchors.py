"""The headings' addresses: links from elsewhere lead to them, so they stay.

Run it after `make site` to add the headings that are new: `.venv/bin/python tests/site/anchors.py`.
"""

from pathlib import Path

from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[2]
LIST = Path(__file__).with_name("anchors.txt")


def anchors(site: Path) -> set[str]:
    """Return the address of each heading below `site`, but for those that name a piece of code."""
    found = set()
    for page in site.rglob("index.html"):
        address = page.parent.relative_to(site).as_posix()
        if address.startswith("reference/"):
            continue
        soup = BeautifulSoup(page.read_bytes(), "html.parser")
        found |= {f"{address}/#{one['id']}" for one in soup.select("article :is(h2, h3)[id]")}
    return found


def kept() -> set[str]:
    """Return the addresses that have been published."""
    return set(LIST.read_text("utf-8").split()) if LIST.exists() else set()


if __name__ == "__main__":
    LIST.write_text("\n".join(sorted(kept() | anchors(ROOT / "site"))) + "\n", "utf-8")
