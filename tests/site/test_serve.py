"""An author at work: the site is rebuilt when a page, a listing or the glossary changes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

PATIENCE = 30  # seconds; how long it takes is a figure of make bench


@pytest.fixture
def served(copy: Path) -> Iterator[str]:
    """The address of a copy of the book under a bare `mkdocs serve`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    mkdocs = [sys.executable, "-m", "mkdocs", "serve", "--quiet", f"--dev-addr=127.0.0.1:{port}"]
    variables = os.environ | {"PYTHONPATH": str(copy / "src"), "NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(mkdocs, cwd=copy, env=variables) as process:
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def wait_for(address: str, text: str) -> None:
    """Ask for a page until it holds `text`."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if text in httpx.get(address, timeout=PATIENCE).text:
                return
        except httpx.TransportError:
            pass  # not up yet, or just building
        time.sleep(0.05)
    pytest.fail(f"{address} never showed {text!r}")


def test_a_changed_page_a_changed_listing_and_a_changed_word_show(served: str, copy: Path) -> None:
    address = f"{served}/chapter1/databases/acid/"
    wait_for(address, "ACID")
    page = copy / "docs/chapter1/databases/acid.md"
    page.write_text(page.read_text("utf-8") + "\nA sentence that is new.\n", "utf-8")
    wait_for(address, "A sentence that is new.")
    listing = copy / "src/chapter1/databases/transfer.py"
    listing.write_text(listing.read_text("utf-8").replace("charles", "zoe"), "utf-8")
    wait_for(address, "zoe")
    glossary = copy / "docs/chapter1/glossary.md"
    words = glossary.read_text("utf-8").replace("A running program with", "What runs, with")
    glossary.write_text(words, "utf-8")
    wait_for(address, 'title="What runs, with memory of its own."')
