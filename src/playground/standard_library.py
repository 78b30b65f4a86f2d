"""Python's standard library for the tab: what is in memory from the start, and what comes when.

- Modules that every start imports are in memory (memory.py); their archive is `again`, for a
  program that imports one a second time.
- `core` has what those import only when they are used.
- `more`, `later` and the others come when a program imports something in them.
"""

import json
import shutil
import zipfile
from pathlib import Path

from playground.packages import CHOSEN

LATER = CHOSEN["standard_library"]["later"]
ENCODINGS = CHOSEN["standard_library"]["encodings"]
LAZY = CHOSEN["standard_library"]["lazy"]
AGAIN = CHOSEN["standard_library"]["again"]

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
    """Say whether a file of the standard library belongs to `later`."""
    if path.parts[0] == "encodings":
        return path.stem not in ENCODINGS
    return within(path.with_suffix("").as_posix(), LATER)


def within(name: str, chosen: list[str]) -> bool:
    """Say whether a path without its ending is one of the chosen, or in one that is a folder."""
    return any(name == one or name.startswith(f"{one}/") for one in chosen)


def divide(archive: Path, remembered: Path, folder: Path) -> None:
    """Divide an archive of the standard library into `again`, `core` and `more`.

    Args:
        archive: what `split` called `core`, compiled.
        remembered: the names of the modules that are in memory, as JSON.
        folder: where the three archives are written.
    """
    names = set(json.loads(remembered.read_text("utf-8")))
    parts = {
        part: zipfile.ZipFile(folder / f"{part}.zip", "w") for part in ("again", "core", "more")
    }
    with zipfile.ZipFile(archive) as files:
        for info in files.infolist():
            path = info.filename.removesuffix(".pyc")
            part = "core" if within(path, LAZY) else "more"
            parts["again" if module(path) in names else part].writestr(info, files.read(info))
    for made in parts.values():
        made.close()


def module(path: str) -> str:
    """Return the name of the module at a path without its ending."""
    return path.replace("/", ".").removesuffix(".__init__")


def imports(memory: Path) -> dict[str, str]:
    """Return the archive of each module that does not come at once, by the name it is imported by.

    Args:
        memory: the folder with what `divide` has written.
    """
    with zipfile.ZipFile(memory / "more.zip") as files:
        more = {module(name.removesuffix(".pyc")): "more" for name in files.namelist()}
    later = {name.replace("/", "."): "later" for name in LATER}
    apart = {name: name for name in APART}
    return more | later | apart | dict.fromkeys(AGAIN, "again")
