"""Which Python packages the tab gets, and their files: those of `.venv`, or of wheels."""

import importlib.metadata
import shutil
import tomllib
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).parent
CHOSEN = tomllib.loads((HERE / "packages.toml").read_text("utf-8"))
PYTHON = "3.14"
ENVIRONMENT = {
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.2",
    "sys_platform": "emscripten",
    "platform_system": "Emscripten",
}
PLAIN = CHOSEN["memory"]["plain"]["modules"]
MEMORIES: dict[str, list[str]] = {
    name: [*PLAIN, *(memory["modules"] if "of" in memory else [])]
    for name, memory in CHOSEN["memory"].items()
}
LEFT_OUT: dict[str, list[str]] = {
    str(canonicalize_name(name)): globs for name, globs in CHOSEN["leave_out"].items()
}
KEPT_METADATA = {"METADATA", "entry_points.txt"}


def required() -> dict[str, list[str]]:
    """Return each package that the tab gets, with the packages it requires there."""
    found: dict[str, list[str]] = {}
    chosen = [Requirement(text) for text in CHOSEN["install"]]
    extras: dict[str, set[str]] = {canonicalize_name(one.name): one.extras for one in chosen}
    waiting: list[str] = list(extras)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = required_by(name, {"", *extras.get(name, ())})
            waiting += found[name]
    return found


def required_by(name: str, extras: set[str]) -> list[str]:
    """Return what one package requires in the tab, with these of its extras."""
    needed = [Requirement(text) for text in distribution(name).requires or []]
    wanted = {
        canonicalize_name(one.name)
        for one in needed
        for extra in extras
        if one.marker is None or one.marker.evaluate(ENVIRONMENT | {"extra": extra})
    }
    return sorted(wanted)


def held(modules: list[str]) -> list[str]:
    """Return the packages that these modules belong to, and what those require."""
    needed = required()
    wanted = {name.partition(".")[0] for name in modules}
    found = [package for package in needed if wanted & {*importable(package)}]
    for package in found:
        found += [one for one in needed[package] if one not in found]
    return sorted(found)


def importable(package: str) -> list[str]:
    """Return the top-level names that `package` makes importable."""
    names = importlib.metadata.packages_distributions()
    return sorted(
        name
        for name, owners in names.items()
        if package in {canonicalize_name(owner) for owner in owners} and name.isidentifier()
    )


def copy_package(name: str, wheels: Path, target: Path) -> None:
    """Put the files of one package, as the tab gets it, into the folder `target`.

    Args:
        name: the package, as the lock file spells it.
        wheels: the folder with the wheels made for the tab.
        target: a folder that does not exist yet.
    """
    target.mkdir(parents=True)
    wheel = next((path for path in wheels.glob("*.whl") if is_of(path, name)), None)
    if wheel:
        with zipfile.ZipFile(wheel) as files:
            files.extractall(target)
    else:
        for path, installed in files_of(distribution(name)):
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(installed, target / path)
    for file in [path for path in target.rglob("*") if path.is_file()]:
        if not wanted(file.relative_to(target), LEFT_OUT.get(name, [])):
            file.unlink()


def is_of(wheel: Path, name: str) -> bool:
    """Say whether a wheel's file name is that of the package `name`."""
    return canonicalize_name(wheel.name.split("-")[0]) == name


def files_of(package: Distribution) -> Iterator[tuple[str, Path]]:
    """Yield the path of each file of an installed package, as its wheel had it, and where it is."""
    for file in package.files or []:
        if ".." not in file.parts and "__pycache__" not in file.parts:
            yield str(file), Path(str(package.locate_file(file)))


def wanted(path: Path, left_out: list[str]) -> bool:
    """Say whether the tab has a use for a package's file."""
    if path.parts[0].endswith(".dist-info"):
        return path.name in KEPT_METADATA and "*" not in left_out
    if path.suffix in {".pyi", ".typed", ".c", ".pyx", ".pxd", ".rst", ".md"}:
        return False
    return not any(fnmatch(path.as_posix(), pattern) for pattern in left_out)
