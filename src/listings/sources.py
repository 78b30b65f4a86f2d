"""What listings import of ours leaves the pages of the finished site: it is fetched before a run.

A listing that starts the User Service needs all of its modules. They would make the page twice as
heavy for everybody who only reads it.
"""

import json
import re
from hashlib import sha256
from pathlib import Path

from listings.embedded import encoded

DATA = re.compile(r'(<script type="application/json" class="listing-data">)(.*?)(</script>)')


def move_out(site: Path) -> None:
    """Move what is imported into `assets/sources-….json`, and name it in the pages' data.

    There, `imports` gives the address, relative to `assets/`, and the paths to take from it.

    Args:
        site: the folder of the built site.
    """
    pages = {path: path.read_text("utf-8") for path in sorted(site.glob("**/*.html"))}
    texts: dict[str, str] = {}
    for html in pages.values():
        for match in DATA.finditer(html):
            data = json.loads(match[2])
            texts |= {path: text for path, text in data["files"].items() if path != data["path"]}
    packed = json.dumps(texts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    name = f"sources-{sha256(packed.encode()).hexdigest()[:10]}.json"
    for path, html in pages.items():
        moved = DATA.sub(lambda match: match[1] + without_imports(match[2], name) + match[3], html)
        if moved != html:
            path.write_text(moved, "utf-8")
    (site / "assets" / name).write_text(packed, "utf-8")


def without_imports(script: str, name: str) -> str:
    """Return a listing's data with its own file alone, and where the others are."""
    data = json.loads(script)
    paths = [path for path in data["files"] if path != data["path"]]
    if not paths:
        return script
    own = {data["path"]: data["files"][data["path"]]}
    return encoded(data | {"files": own, "imports": {"from": name, "paths": paths}})
