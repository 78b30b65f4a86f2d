"""Take pictures of every page: light and dark, phone and desktop, into `.cache/screenshots/`.

Run it after `make site`: `.venv/bin/python tests/site/screenshots.py`. With `--readme` it also
renews the picture in the README.
"""

import sys
from pathlib import Path

from browser import running
from served_site import serving

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / ".cache" / "screenshots"
README = ROOT / "docs" / "assets" / "images" / "listing.png"
WIDTHS = {"phone": 390, "desktop": 1280}


def main() -> None:
    """Serve the built site, visit every page four times, and save what is seen."""
    site = ROOT / "site"
    PICTURES.mkdir(parents=True, exist_ok=True)
    with running() as chromium, serving(site) as (address, _):
        for scheme in ("light", "dark"):
            for device, width in WIDTHS.items():
                page = chromium.new_page(
                    viewport={"width": width, "height": 844}, color_scheme=scheme
                )
                for path in sorted(site.glob("**/*.html")):
                    name = path.relative_to(site).as_posix()
                    page.goto(f"{address}/{name}", wait_until="networkidle")
                    slug = name.removesuffix("/index.html").replace("/", "-")
                    picture = PICTURES / f"{slug}-{device}-{scheme}.png"
                    page.screenshot(path=picture, full_page=True)
                    print(picture.relative_to(ROOT))
        if "--readme" in sys.argv:
            page = chromium.new_page(viewport={"width": 1000, "height": 760})
            page.goto(f"{address}/chapter1/databases/acid/", wait_until="networkidle")
            page.screenshot(path=README)


if __name__ == "__main__":
    main()
