"""Colours: every one that must be told from its ground can be, in both schemes; one is the accent.

axe measures the text of HTML. Here are the drawings, and what is no text, by WCAG 2.2, 1.4.3 and
1.4.11.
"""

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.slow
TEXT, SIGN = 4.5, 3.0  # the least contrasts
PAGES = [
    "/chapter1/databases/acid/",
    "/chapter1/databases/indexes/",
    "/chapter1/databases/isolation/",
    "/chapter1/networking/http/",
    "/chapter1/networking/measuring_latency/",
    "/chapter1/service/the_cache/",
]
# Which property of which elements, on which grounds: the page's, and that of code and of boxes.
BOTH = ["--md-default-bg-color", "--md-code-bg-color"]
LOOKED_AT = [
    (".diagram svg text:not(.play-on)", "fill", BOTH, TEXT),
    (".diagram svg .line", "stroke", BOTH, SIGN),
    (".diagram svg .box", "stroke", BOTH[:1], SIGN),
    (".diagram svg :is(.play-dot, .play-turn, .play-long, .play-chosen)", "fill", BOTH[:1], SIGN),
    (".diagram svg .play-p99", "stroke", BOTH[:1], SIGN),
    (".play-bar > span", "backgroundColor", BOTH[:1], SIGN),
    (".play :is(button, select), .listing-bar button", "borderTopColor", BOTH[:1], SIGN),
]
CONTRASTS = """([selector, property, grounds]) => {
  const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const seen = (...colours) => {
    pen.globalAlpha = 1;
    for (const [colour, opacity] of colours) {
      pen.globalAlpha = opacity;
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
    }
    const parts = [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3).map((value) => value / 255)
      .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  return [...document.querySelectorAll(selector)].flatMap((element) => grounds.map((name) => {
    const style = getComputedStyle(element);
    const ground = [getComputedStyle(document.body).getPropertyValue(name), 1];
    const opacity = property === "fill" ? style.fillOpacity : 1;
    const [dark, light] = [seen(ground), seen(ground, [style[property], opacity])]
      .sort((one, other) => one - other);
    const ratio = (light + 0.05) / (dark + 0.05);
    return [ratio, `${element.getAttribute("class")} ${style[property]} on ${name}`];
  }));
}"""
ACCENTS = """() => {
  const link = document.querySelector("article p a:not(.headerlink)");
  link.focus({ focusVisible: true });
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = "var(--md-accent-fg-color)";
  return [getComputedStyle(link).color, getComputedStyle(link).outlineColor,
    getComputedStyle(probe).color];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawings_and_controls_stand_out(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    measured = dict.fromkeys((selector for selector, *_ in LOOKED_AT), 0)
    faint = []
    for path in PAGES:
        page.goto(address + path)
        for figure in page.locator("[data-figure]").all():
            figure.scroll_into_view_if_needed()
            page.wait_for_function("one => one.dataset.state", arg=figure.element_handle())
        for selector, name, grounds, least in LOOKED_AT:
            found = page.evaluate(CONTRASTS, [selector, name, grounds])
            measured[selector] += len(found)
            faint += [f"{path} {what}: {ratio:.2f}" for ratio, what in found if ratio < least]
    context.close()
    assert sorted(set(faint)) == []
    assert min(measured.values()) > 0, measured


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_there_is_one_accent(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(address + PAGES[0])
    assert len(set(page.evaluate(ACCENTS))) == 1, page.evaluate(ACCENTS)
    context.close()
