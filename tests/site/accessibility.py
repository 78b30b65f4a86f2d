"""axe-core, which looks for faults that keep people from using a page."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from listings.node_packages import installed

# What one of axe's rules cannot know of this site; each with its reason.
RUN = """async (where) => {
  const found = await axe.run(where || document);
  return found.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(" ")} — ${node.failureSummary.replace(/\\s+/g, " ")}`));
}"""


@cache
def axe() -> str:
    """Return axe-core's script, installing it the first time."""
    script = installed(Path(__file__).parent) / "axe-core" / "axe.min.js"
    return script.read_text("utf-8")


def violations(page: Page, where: str = "") -> list[str]:
    """Return what axe finds on the page as it stands, or in the part that a selector names."""
    page.evaluate(axe())
    found: list[str] = page.evaluate(RUN, where)
    return found
