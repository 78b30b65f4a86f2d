"""The sandboxed frame that holds the workers of the reader's programs."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
# Workers made from blobs inherit this policy: their programs reach no host, not even this one.
POLICY = "default-src 'none'; script-src '{script}' 'wasm-unsafe-eval'; worker-src blob:"


def frame() -> bytes:
    """Return the frame's HTML, its policy and its only script in it."""
    script = (HERE / "runtime" / "frame.js").read_text("utf-8")
    digest = f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"
    policy = POLICY.format(script=digest)
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
    html = f"<!doctype html><title>Programs of this page</title>{head}<script>{script}</script>"
    return html.encode()
