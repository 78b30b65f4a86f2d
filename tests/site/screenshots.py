"""Take pictures of every page and figure: light and dark, phone and desktop.

Run it after `make site`: `.venv/bin/python tests/site/screenshots.py`. The pictures come to
`.cache/screenshots/`, where `index.html` shows all of them on one sheet. What looks otherwise than
in the set accepted last comes first there. `--accept` accepts the pictures taken last, and takes
none; `--readme` also renews the picture in the README.
"""

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

from browser import running
from comparison import accept, changes
from playwright.sync_api import Locator, Page
from served_site import serving

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / ".cache" / "screenshots"
ACCEPTED = ROOT / ".cache" / "screenshots-accepted"
README = ROOT / "docs" / "assets" / "images" / "listing.png"
WIDTHS = {"phone": 390, "desktop": 1280}
UNHINTED = "--font-render-hinting=none"  # letters spaced as on a screen, not rounded to pixels
SHEET = """<!doctype html><meta charset="utf-8"><title>Contact sheet</title>
<style>body{{font:14px system-ui;margin:1rem}} main{{display:flex;flex-wrap:wrap;gap:.7rem}}
figure{{margin:0;width:15rem}} img{{width:100%;height:20rem;object-fit:cover;object-position:top;
border:1px solid #999}} b{{color:#b3261e}}</style><main>{pictures}</main>"""
PICTURE = '<figure><a href="{0}"><img src="{0}" loading="lazy" alt=""></a>{1} <b>{2}</b></figure>'


def main() -> None:
    """Serve the built site, visit every page four times, and save what is seen."""
    if "--accept" in sys.argv:
        accept(PICTURES, ACCEPTED)
        return
    site = ROOT / "site"
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    pages = [path.relative_to(site).as_posix() for path in sorted(site.glob("**/*.html"))]
    with running(UNHINTED) as chromium, serving(site) as (address, _):
        for scheme in ("light", "dark"):
            for device, width in WIDTHS.items():
                page = chromium.new_page(
                    viewport={"width": width, "height": 844},
                    color_scheme=scheme,
                    reduced_motion="reduce",
                )
                page.goto(address, wait_until="networkidle")  # from now on the fonts are there
                for name in pages:
                    if not name.startswith("assets/"):
                        page.goto(f"{address}/{name}", wait_until="networkidle")
                        slug = name.removesuffix("/index.html").replace("/", "-")
                        take(page, slug, f"{device}-{scheme}")
        if "--readme" in sys.argv:
            page = chromium.new_page(viewport={"width": 1000, "height": 700})
            page.goto(f"{address}/chapter1/databases/acid/", wait_until="networkidle")
            page.get_by_role("button", name="show it now").first.click()
            page.locator("figure.listing").first.evaluate(
                "one => one.scrollIntoView({block: 'center'})"
            )
            page.wait_for_timeout(500)  # the header fades
            page.screenshot(path=README)
    sheet()


def take(page: Page, slug: str, kind: str) -> None:
    """Save a picture of the page, and one of each key state of its figures."""
    figures = page.locator("[data-figure]")
    for place, figure in enumerate(figures.all()):
        figure.scroll_into_view_if_needed()
        page.wait_for_function("one => one.dataset.state", arg=figure.element_handle())
        for number, _ in enumerate(states(figure)):
            page.wait_for_timeout(150)
            figure.screenshot(path=PICTURES / f"{slug}-figure{place + 1}-{number}-{kind}.png")
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=PICTURES / f"{slug}-{kind}.png", full_page=True)
    print(slug, kind)


def states(figure: Locator) -> Iterator[None]:
    """Bring a figure into one key state after the other: as it begins, then its controls'."""
    yield
    for radio in figure.get_by_role("radio").all():
        radio.check(force=True)
        yield
    for choice in figure.get_by_role("combobox").all():
        for number in range(choice.locator("option").count()):
            choice.select_option(index=number)
            yield
    for slider in figure.get_by_role("slider").all():
        for key in ("Home", "End"):
            slider.press(key)
            yield


def sheet() -> None:
    """Write the contact sheet, what has changed first."""
    changed = changes(PICTURES, ACCEPTED) if ACCEPTED.exists() else {}
    names = sorted(
        {path.name for path in PICTURES.glob("*.png")} | set(changed),
        key=lambda name: (name not in changed, name),
    )
    pictures = "".join(
        PICTURE.format(escape(name), escape(name[:-4]), changed.get(name, "")) for name in names
    )
    (PICTURES / "index.html").write_text(SHEET.format(pictures=pictures), "utf-8")
    for name, what in changed.items():
        print(name, what)
    print((PICTURES / "index.html").relative_to(ROOT), len(names), "pictures")


if __name__ == "__main__":
    main()
