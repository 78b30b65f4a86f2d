"""The finished site, served on a free port, and a real browser to look at it."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from browser import running
from playwright.sync_api import Browser, Page


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and notes the paths that were asked for instead of printing them."""

    asked: list[str]
    headers_sent: dict[str, str]

    def end_headers(self) -> None:
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        self.asked.append(self.path)


@contextmanager
def serving(folder: Path, headers: dict[str, str] | None = None) -> Iterator[tuple[str, list[str]]]:
    """Serve a folder on a free port of the loopback: its address, and the paths asked for."""
    asked: list[str] = []
    handler = type("Noting", (Quiet,), {"asked": asked, "headers_sent": headers or {}})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


@pytest.fixture(scope="session")
def built(root: Path) -> Path:
    """The site as `make site` leaves it; `make test` has built it already."""
    if not os.environ.get("SITE_IS_BUILT"):
        for module in (["typeface"], ["playground"], ["listings", "build"]):
            subprocess.run([sys.executable, "-m", *module], cwd=root, check=True)
    return root / "site"


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """Where the site is served, without a slash at the end."""
    with serving(built) as (address, _):
        yield address


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    """A second server, which the site must never ask: its address, and what it was asked for."""
    (tmp_path / "x.js").write_text("document.title = 'loaded'")
    with serving(tmp_path) as server:
        yield server


@pytest.fixture(scope="module")  # while it is open, Playwright keeps an event loop running
def browser() -> Iterator[Browser]:
    """Chromium, as `browser.py` finds it."""
    with running() as chromium:
        yield chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page with nothing stored."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()
