"""Which Python packages the tab gets, and their files: cut from `.venv`, or from wheels."""

import importlib.metadata
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatch
from hashlib import sha256
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).parent
CHOSEN = tomllib.loads((HERE / "packages.toml").read_text("utf-8"))
PYTHON = "3.14"
PLATFORM = "pyemscripten_2026_0_wasm32"
ENVIRONMENT = {
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.2",
    "sys_platform": "emscripten",
    "platform_system": "Emscripten",
}
WHEELS: dict[str, str] = {
    str(canonicalize_name(name)): version for name, version in CHOSEN["wheels"].items()
}
LEFT_OUT: dict[str, list[str]] = {
    str(canonicalize_name(name)): globs for name, globs in CHOSEN["leave_out"].items()
}
KEPT_METADATA = {"METADATA", "entry_points.txt"}
VENDORED = HERE / "vendor"


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


def fetch_wheels(lock: Path, target: Path) -> None:
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
