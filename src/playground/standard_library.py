"""Python's standard library for the tab: what every program may need, and what comes later."""

import shutil
import zipfile
from pathlib import Path

from playground.packages import CHOSEN

LATER = CHOSEN["standard_library"]["later"]
ENCODINGS = CHOSEN["standard_library"]["encodings"]


APART: dict[str, list[str]] = CHOSEN["standard_library"]["apart"]


def split(archive: Path, folder: Path) -> None:
    """Unpack Pyodide's standard library into `core`, `later` and the others below `folder`."""
    core = folder / "core"
    with zipfile.ZipFile(archive) as files:
        files.extractall(core)
    for path in sorted(path for path in core.rglob("*") if path.is_file()):
        inside = path.relative_to(core)
        apart = inside.with_suffix("").parts[0]
        if apart in APART or comes_later(inside):
            target = folder / (apart if apart in APART else "later") / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, target)


def comes_later(path: Path) -> bool:
    """Say whether a file of the standard library is fetched only when a program imports it."""
    name = path.with_suffix("").as_posix()
    if path.parts[0] == "encodings":
        return path.stem not in ENCODINGS
    return any(name == later or name.startswith(f"{later}/") for later in LATER)


def imports() -> dict[str, str]:
    """Return the archive of each module that is not in `core`, by the name it is imported by."""
    later = {name.replace("/", "."): "later" for name in LATER}
    return later | {name: name for name in APART}
