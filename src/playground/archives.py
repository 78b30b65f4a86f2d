"""Byte-compiled archives of everything that Python in the tab may import, made once and kept."""

import json
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from playground import packages, standard_library, wheels

HERE = Path(__file__).parent
MEMORY = [
    HERE / name
    for name in (
        "archives.py",
        "database/archive.js",
        "memory.mjs",
        "memory.py",
        "packages.py",
        "runtime/libraries.js",
        "runtime/memory.js",
        "standard_library.py",
    )
]
COMPILED_BY = [HERE / name for name in ("compile.py", "compile.mjs", "archives.py")]


def of_memory(name: str, compiled: Path, tab: Path, cache: Path, node: Path) -> Path:
    """Return the folder with Python's memory after its start, and archives of what is not in it.

    Args:
        name: of the memory, in `packages.toml`.
        compiled: the folder that `of_packages` gave.
        tab: the folder that `of_tab` gave.
        cache: the folder where archives are kept.
        node: the program that runs Pyodide outside a browser.

    Raises:
        OSError: it could not be made.
    """
    modules = packages.MEMORIES[name]
    holds = [compiled / f"{package}.zip" for package in packages.held(modules)]
    sources = [*MEMORY, compiled / "core.zip", tab / "tab.zip", *holds]
    settings = [HERE / "packages.toml", HERE / "package-lock.json"]
    done = cache / f"{digest([*sources, *settings])}-{name}"
    if not done.exists():
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            made, extracted = Path(folder, "memory"), Path(folder, "packages")
            made.mkdir()
            extracted.mkdir()
            for archive in holds:
                with zipfile.ZipFile(archive) as files:
                    files.extractall(extracted)
            task = {"core": str(compiled / "core.zip"), "tab": str(tab / "tab.zip")}
            task |= {"packages": str(extracted), "out": str(made)}
            # With JSPI, as in the browsers that have it: what Pyodide finds of it is in the memory.
            program: list[str | Path] = [node, "--experimental-wasm-jspi", HERE / "memory.mjs"]
            program.append(json.dumps({**task, "modules": modules}))
            if subprocess.run(program, check=False).returncode:
                raise OSError("Python's memory for the tab could not be made.")
            if not holds:
                standard_library.divide(compiled / "core.zip", made / "modules.json", made)
            made.rename(done)
    done.touch()  # it is in use: see building.remove_unused
    return done


def made(key: list[Path], cache: Path, fill: Callable[[Path], None], node: Path) -> Path:
    """Return the folder of archives that `fill` describes; make them if `key` has changed.

    Args:
        key: files and folders on which the archives depend.
        cache: the folder where archives are kept.
        fill: puts a folder for each archive into the folder that it is given.
        node: the program that runs Pyodide outside a browser.

    Raises:
        OSError: they could not be made.
    """
    done = cache / digest([*key, *COMPILED_BY, HERE / "package-lock.json"])
    if done.exists():
        done.touch()  # it is in use: see building.remove_unused
        return done
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        work = Path(folder)
        (work / "in").mkdir()
        (work / "out").mkdir()
        shutil.copy(HERE / "compile.py", work)
        fill(work / "in")
        if subprocess.run([node, HERE / "compile.mjs", work], check=False).returncode:
            raise OSError("Python's packages could not be compiled for the tab.")
        (work / "out").rename(done)
    return done


def digest(paths: list[Path]) -> str:
    """Return a hash of the contents of files, and of all files in folders but npm's."""
    total = sha256()
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            if file.is_file() and not {"__pycache__", "node_modules"} & {*file.parts}:
                total.update(file.relative_to(path.parent).as_posix().encode())
                total.update(file.read_bytes())
    return total.hexdigest()[:16]


def of_packages(lock: Path, cache: Path, node: Path) -> Path:
    """Return the archives of the standard library and of every package.

    Args:
        lock: `requirements.lock`.
        cache: the folder where archives are kept.
        node: the program that runs Pyodide outside a browser.
    """

    def fill(folder: Path) -> None:
        fetched = folder.parent / "wheels"
        wheels.fetch(lock, fetched)
        for name in packages.required():
            packages.copy_package(name, fetched, folder / name)
        pyodide = HERE / "node_modules" / "pyodide" / "python_stdlib.zip"
        standard_library.split(pyodide, folder)

    names = "packages.toml packages.py wheels.lock wheels.py vendor standard_library.py"
    chosen = names.split()
    return made([lock, *(HERE / name for name in chosen)], cache, fill, node)


def of_tab(cache: Path, node: Path) -> Path:
    """Return the archive of our own Python for the tab, in a folder of its own."""

    def fill(folder: Path) -> None:
        shutil.copytree(HERE / "tab", folder / "tab" / "tab")

    return made([HERE / "tab"], cache, fill, node)
