"""The wheels that are made for the tab alone: by hash from the index, or vendored."""

import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from packaging.utils import canonicalize_name

from playground.packages import CHOSEN, HERE, PYTHON

PLATFORM = "pyemscripten_2026_0_wasm32"
VENDORED = HERE / "vendor"
WHEELS: dict[str, str] = {
    str(canonicalize_name(name)): version for name, version in CHOSEN["wheels"].items()
}


def fetch(lock: Path, target: Path) -> None:
    """Get the wheels that are made for the tab alone, every hash checked.

    Args:
        lock: `requirements.lock`; the versions that differ from it are in `wheels.lock`.
        target: the folder to put them into.

    Raises:
        OSError: they could not be had, or one is not what was locked.
    """
    target.mkdir(parents=True, exist_ok=True)
    pinned = (HERE / "wheels.lock").read_text("utf-8")
    for name, version in WHEELS.items():
        if not version:
            pinned += locked(lock.read_text("utf-8"), name)
    only = target / "requirements.txt"
    only.write_text(pinned, "utf-8")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    pip += ["--no-deps", "--require-hashes", "--only-binary=:all:", f"--platform={PLATFORM}"]
    pip += ["--implementation=cp", f"--python-version={PYTHON}", "--abi=cp314"]
    if subprocess.run([*pip, "-r", only, "-d", target], check=False).returncode:
        raise OSError(
            "The packages for the tab could not be had. Check the network, and try again."
        )
    for sums in VENDORED.glob("*.sha256"):
        copy_vendored(sums, target)


def locked(lock: str, name: str) -> str:
    """Return the lines of a lock file that pin `name`."""
    pinned = re.search(rf"(?m)^{re.escape(name)}==.*\n(?: +--hash=.*\n)+", lock)
    if pinned is None:
        raise OSError(f"requirements.lock does not pin {name}. Run make lock.")
    return pinned[0]


def copy_vendored(sums: Path, target: Path) -> None:
    """Copy the wheel that `sums` speaks of, if it has the checksum given there."""
    digest, _, name = sums.read_text("utf-8").strip().partition("  ")
    wheel = sums.parent / name
    if sha256(wheel.read_bytes()).hexdigest() != digest:
        raise OSError(f"{wheel.name} is not the file whose checksum is in {sums.name}.")
    shutil.copy(wheel, target)
