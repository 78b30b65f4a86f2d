"""Every page, visited once on a phone and once on a desktop: what it fetched, said and did."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from accessibility import violations
from playwright.sync_api import Browser, BrowserContext, Page

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 844}
ENLARGED = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %: WCAG 2.2, 1.4.10
PACKED = {".woff2", ".png", ".gz"}
WATCH = """
globalThis.moved = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries())
    if (!hadRecentInput) moved.push([value, ...sources.map(({ node }) =>
      node?.className || node?.nodeName || "something gone")].join(" "));
}).observe({ type: "layout-shift", buffered: true });
"""
READ = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
    scrollTo({ top: y, behavior: "instant" });
    await new Promise(requestAnimationFrame);
  }
  scrollTo({ top: 0, behavior: "instant" });
}"""
FIGURES_READY = """() => [...document.querySelectorAll("[data-figure]")].every((figure) =>
  figure.dataset.state || !figure.checkVisibility())"""
TOO_WIDE = """() => document.documentElement.scrollWidth === innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter((one) =>
    one.getBoundingClientRect().right > innerWidth + 1).map((one) =>
    `${one.localName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`).slice(0, 5)
    .concat("the page scrolls sideways")"""
# Each stop of the keyboard that shows no outline, or that has no place on the page.
# What would open or load something because the focus comes does not hear of it.
UNSEEN_FOCUS = """() => {
  for (const event of ["focus", "focusin"])
    addEventListener(event, (it) => {
      if (event === "focusin" || it.target.matches?.(".md-search *")) it.stopImmediatePropagation();
    }, { capture: true });
  const stops = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")];
  return stops.filter((stop) => stop.checkVisibility({ visibilityProperty: true })
      && stop.tabIndex >= 0 && !stop.disabled).flatMap((stop) => {
    stop.focus({ focusVisible: true, preventScroll: true });
    if (document.activeElement !== stop) return [];
    const places = [stop, ...stop.labels ?? [], stop.nextElementSibling].filter(Boolean);
    const shown = places.some((place) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(place);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    });
    return shown ? [] : [stop.outerHTML.slice(0, 120)];
  });
}"""


@dataclass
class Visit:
    """What one page did while somebody read it from its top to its end.

    Attributes:
        path: the page, below the site's root.
        fetched: the paths that it asked its own host for.
        elsewhere: the addresses that it asked other hosts for.
        complaints: the errors and warnings on its console.
        moved: each layout shift, its score first, then what moved.
        too_wide: what does not fit when the page is enlarged to 400 %.
        unseen: the elements on which one does not see the focus.
        faults: what axe found.
        figures: the number of its figures that can be played with.
    """

    path: str
    fetched: set[str] = field(default_factory=set)
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    figures: int = 0

    @property
    def shift(self) -> float:
        """The sum of its layout shifts, which is at least the score of web.dev/articles/cls."""
        return sum(float(move.split()[0]) for move in self.moved)


def paths(site: Path) -> list[str]:
    """Return the paths of all pages, as a browser asks for them; test_edition looks at the book."""
    pages = (path.relative_to(site).as_posix() for path in sorted(site.glob("**/*.html")))
    return [
        "/" + page.removesuffix("index.html")
        for page in pages
        if not page.startswith(("assets/", "book.html"))
    ]


def visits(browser: Browser, address: str, site: Path, **settings: Any) -> Iterator[Visit]:
    """Visit every page of the site, with an empty cache each, and say how it went.

    Args:
        browser: Chromium.
        address: where the site is served.
        site: the folder of the built site.
        settings: Playwright's, for the window.
    """
    for path in paths(site):
        context = browser.new_context(reduced_motion="reduce", **settings)
        context.add_init_script(WATCH)
        yield visit(context, address, path)
        context.close()


def visit(context: BrowserContext, address: str, path: str) -> Visit:
    """Read one page from its top to its end, then enlarge it and go through it by keyboard."""
    seen, page = Visit(path), context.new_page()
    listen(page, seen, address)
    page.goto(address + path)
    page.evaluate(READ)
    page.wait_for_function(FIGURES_READY)
    seen.figures = page.locator("[data-figure]").count()
    seen.moved = page.evaluate("moved")
    seen.faults = violations(page)
    page.keyboard.press("Tab")  # from now on whoever reads this uses a keyboard
    seen.unseen = page.evaluate(UNSEEN_FOCUS)
    page.set_viewport_size(ENLARGED)  # type: ignore[arg-type]
    seen.too_wide = page.evaluate(TOO_WIDE)
    return seen


def listen(page: Page, seen: Visit, address: str) -> None:
    """Note what a page asks for, and what its console complains about."""

    def asked(url: str) -> None:
        if url.startswith(address + "/"):
            seen.fetched.add(url.removeprefix(address).partition("?")[0])
        elif not url.startswith(("data:", "blob:")):
            seen.elsewhere.append(url)

    page.on("request", lambda request: asked(request.url))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on(
        "console",
        lambda said: (
            seen.complaints.append(said.text) if said.type in {"error", "warning"} else None
        ),
    )


@cache
def weight(file: Path) -> int:
    """Return how many bytes a static host sends for a file: text goes as gzip."""
    data = file.read_bytes()
    return len(data if file.suffix in PACKED else gzip.compress(data, 6))
