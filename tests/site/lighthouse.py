"""Lighthouse, which asks what a browser vendor would ask of a page."""

import json
import socket
import subprocess
from pathlib import Path
from typing import Any

from browser import NODE, running

from listings.node_packages import installed

HERE = Path(__file__).parent
PAGES = [
    "/",
    "/chapter1/databases/isolation/",
    "/chapter1/python/start_and_await/",
    "/chapter1/glossary/",
    "/reference/user_service/api/",
]


def reports(address: str, categories: str, pages: list[str]) -> list[dict[str, Any]]:
    """Return what Lighthouse says of each page: `page`, `scores` of 100, and `why` they are lower.

    Args:
        address: where the site is served.
        categories: what it looks at, joined by commas.
        pages: their paths.

    Raises:
        OSError: Lighthouse failed; it has said why.
    """
    installed(HERE)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command: list[str | Path] = [NODE, HERE / "lighthouse.mjs", str(port), categories]
    with running(f"--remote-debugging-port={port}"):
        done = subprocess.run(
            [*command, *(address + page for page in pages)],
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    if done.returncode:
        raise OSError("Lighthouse did not come to its end.")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found
