"""The Content-Security-Policy of the finished site: a page may load nothing from elsewhere.

It stands in a `meta` element, because a static host lets nobody set headers. Inline scripts are
allowed one by one, by their hash (Content Security Policy Level 3, section 8.4).
"""

import hashlib
import re
from base64 import b64encode
from pathlib import Path

from bs4 import BeautifulSoup

HEAD = re.compile(r"<head>\s*(<meta charset=[^>]+>)?", re.IGNORECASE)
SCRIPT = re.compile(r"<!--.*?-->|<script\b.*?</script\s*>", re.IGNORECASE | re.DOTALL)
META = '<meta http-equiv="Content-Security-Policy"'
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {hashes};"
    " style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none';"
    " form-action 'none'"
)


def add_policy(site: Path) -> None:
    """Put the policy into every HTML page below `site`; pages that have it stay as they are.

    Raises:
        ValueError: a page has no head to put it into.
    """
    # What a page puts into a frame as text is bound by the page's policy too.
    framed = [path.read_text("utf-8") for path in sorted(site.glob("assets/**/*.html"))]
    for path in sorted(site.glob("**/*.html")):
        html = path.read_text("utf-8")
        if META in html:
            continue
        head = HEAD.search(html)
        if head is None:
            raise ValueError(f"{path}: a page without <head> cannot be given a policy")
        meta = f'{META} content="{policy(html, *framed)}">'
        path.write_text(html[: head.end()] + meta + html[head.end() :], "utf-8")


def policy(*documents: str) -> str:
    """Return the policy for a page: its inline scripts are allowed, and no others.

    Args:
        documents: the HTML of the page, and of what it puts into frames.
    """
    code = [text for html in documents for text in inline_scripts(html)]
    digests = sorted({hashlib.sha256(text.encode()).digest() for text in code})
    hashes = " ".join(f"'sha256-{b64encode(digest).decode()}'" for digest in digests)
    return POLICY.format(hashes=hashes)


def inline_scripts(html: str) -> list[str]:
    """Return the text of each inline script that a browser executes."""
    parsed = BeautifulSoup("".join(SCRIPT.findall(html)), "html.parser")
    return [
        script.string
        for script in parsed.find_all("script", src=False)
        if script.string and not is_data(script.get("type"))
    ]


def is_data(kind: object) -> bool:
    """Say whether a `script` element of this type holds data that no browser executes."""
    return isinstance(kind, str) and "json" in kind
