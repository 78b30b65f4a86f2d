"""What the tab loads: built the same every time, checked, small, named by what it holds."""

import gzip
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.playground.support import Tab

from playground import archives, building, packages, standard_library, wheels
from playground.assets import Assets

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

LARGEST = 8_000_000  # bytes, as transferred
HASHED = re.compile(r"-[0-9a-f]{10}\.[a-z.]+$")


@pytest.fixture(scope="module")
def listed(assets: Path) -> dict[str, Any]:
    """What the page gets as ASSETS."""
    found: dict[str, Any] = json.loads((assets / "assets.json").read_text("utf-8"))
    return found


def every(value: Any) -> list[dict[str, Any]]:
    """Return all assets in a part of the list."""
    if not isinstance(value, dict):
        return []
    if isinstance(value.get("url"), str):
        return [value]
    return [asset for one in value.values() for asset in every(one)]


def zstd_decompressed(data: bytes) -> bytes:
    """Unpack what was compressed with Zstandard."""
    unpack = "const z = require('zlib'); const all = require('fs').readFileSync(0);"
    unpack += "process.stdout.write(z.zstdDecompressSync(all))"
    program: list[str | Path] = [building.NODE, "-e", unpack]
    return subprocess.run(program, input=data, check=True, capture_output=True).stdout


UNPACK = {"gz": gzip.decompress, "zst": zstd_decompressed}


def test_every_asset_is_there_and_of_the_size_that_the_progress_counts(
    assets: Path, listed: dict[str, Any]
) -> None:
    assert len(every(listed)) > 40
    for asset in every(listed):
        data = (assets / asset["url"]).read_bytes()
        assert len(data) == asset["size"], asset["url"]


def test_every_asset_is_named_by_a_hash_of_its_contents(
    assets: Path, listed: dict[str, Any]
) -> None:
    for asset in every(listed):
        data = (assets / asset["url"]).read_bytes()
        unpacked = UNPACK.get(asset["url"].rpartition(".")[2], bytes)(data)
        assert HASHED.search(asset["url"]), asset["url"]
        assert sha256(unpacked).hexdigest()[:10] in asset["url"]


def test_no_asset_is_large(assets: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in assets.iterdir()}
    assert not {name: size for name, size in sizes.items() if size > LARGEST}


def test_nothing_lies_in_the_folder_that_no_list_names(
    assets: Path, listed: dict[str, Any]
) -> None:
    named = {asset["url"] for asset in every(listed)} | {"assets.json", "built"}
    others = {path.name for path in assets.iterdir()} - named
    assert {name for name in others if not name.endswith(".js")} == set()
    assert "loader.js" in others


def test_an_archive_holds_byte_code_and_no_docstrings(
    assets: Path, listed: dict[str, Any], tmp_path: Path
) -> None:
    packed = (assets / listed["archives"]["again"]["url"]).read_bytes()
    (tmp_path / "again.zip").write_bytes(zstd_decompressed(packed))
    with zipfile.ZipFile(tmp_path / "again.zip") as again:
        names = again.namelist()
        assert not [name for name in names if name.endswith(".py")]
        assert {one.compress_type for one in again.infolist()} == {zipfile.ZIP_STORED}
        assert b"Return a list of the names" not in again.read("ast.pyc")


# The build


def test_nothing_is_built_when_nothing_has_changed(root: Path, assets: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in assets.iterdir()}
    said: list[str] = []
    building.build(root, said.append)
    assert said == []
    assert {path.name: path.stat().st_mtime_ns for path in assets.iterdir()} == before


def test_a_changed_source_is_seen(tmp_path: Path) -> None:
    folder = tmp_path / "tab"
    folder.mkdir()
    (folder / "a.py").write_text("1")
    first = archives.digest([folder])
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.pyc").write_text("1")
    assert archives.digest([folder]) == first
    (folder / "a.py").write_text("2")
    second = archives.digest([folder])
    (folder / "a.py").rename(folder / "b.py")
    assert len({first, second, archives.digest([folder])}) == 3


def test_archives_are_the_same_bytes_every_time(tmp_path: Path) -> None:
    made = [archives.of_tab(tmp_path / name, building.NODE) / "tab.zip" for name in ("one", "two")]
    assert made[0].read_bytes() == made[1].read_bytes()
    assert archives.of_tab(tmp_path / "one", building.NODE) == made[0].parent


def test_compressed_assets_are_the_same_bytes_every_time(tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        assets = Assets(tmp_path / name, building.NODE)
        made = [assets.add("x.js", b"x" * 1000), assets.pack("x.bin", b"y" * 1000)]
        written.append([(tmp_path / name / one["url"]).read_bytes() for one in made])
    assert written[0] == written[1]
    assert max(len(data) for data in written[0]) < 100


def test_what_a_build_has_not_used_is_not_kept(tmp_path: Path) -> None:
    used = archives.of_tab(tmp_path, building.NODE)
    (tmp_path / "older").mkdir()
    for folder in tmp_path.iterdir():
        os.utime(folder, (1, 1))
    archives.of_tab(tmp_path, building.NODE)
    building.remove_unused(tmp_path, since=2)
    assert list(tmp_path.iterdir()) == [used]


def test_archives_that_could_not_be_made_leave_nothing_behind(tmp_path: Path) -> None:
    def wrong(folder: Path) -> None:
        (folder / "wrong").mkdir()
        (folder / "wrong" / "module.py").write_text("if")

    with pytest.raises(OSError, match="could not be compiled"):
        archives.made([Path(__file__)], tmp_path, wrong, building.NODE)
    assert list(tmp_path.iterdir()) == []


def test_a_vendored_wheel_with_another_checksum_is_refused(tmp_path: Path) -> None:
    folder, target = tmp_path / "vendor", tmp_path / "wheels"
    shutil.copytree(wheels.VENDORED, folder)
    target.mkdir()
    (sums,) = folder.glob("*.sha256")
    wheels.copy_vendored(sums, target)
    (wheel,) = folder.glob("*.whl")
    wheel.write_bytes(wheel.read_bytes() + b"x")
    with pytest.raises(OSError, match=r"is not the file whose checksum is in asyncpg\.sha256"):
        wheels.copy_vendored(sums, target)


def test_a_wheel_that_is_not_what_was_locked_is_refused(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wheels, "HERE", tmp_path)
    monkeypatch.setattr(wheels, "WHEELS", {})
    wrong = f"anyio==4.13.0 --hash=sha256:{'0' * 64}\n"
    (tmp_path / "wheels.lock").write_text(wrong)
    with pytest.raises(OSError, match="could not be had"):
        wheels.fetch(root / "requirements.lock", tmp_path / "wheels")
    assert not list((tmp_path / "wheels").glob("*.whl"))


def test_without_a_network_one_sentence_says_so(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, value in (
        ("PIP_INDEX_URL", "http://127.0.0.1:9/simple"),
        ("PIP_RETRIES", "0"),
        ("PIP_EXTRA_INDEX_URL", ""),
        ("PIP_NO_CACHE_DIR", "1"),
    ):
        monkeypatch.setenv(name, value)
    with pytest.raises(
        OSError,
        match=r"^The packages for the tab could not be had\. Check the network, and try again\.$",
    ):
        wheels.fetch(root / "requirements.lock", tmp_path / "wheels")
    said = capfd.readouterr()
    assert len((said.out + said.err).splitlines()) <= 3


def test_a_package_that_the_lock_does_not_pin_is_named() -> None:
    with pytest.raises(OSError, match=r"requirements\.lock does not pin nowhere"):
        wheels.locked("somewhere==1 \\\n    --hash=sha256:00\n", "nowhere")


# What is in the archives


def test_every_name_of_the_lists_stands_for_something() -> None:
    """A module that Python has dropped, or a misspelt one, would stay in the list for ever."""
    pyodide = building.HERE / "node_modules" / "pyodide" / "python_stdlib.zip"
    with zipfile.ZipFile(pyodide) as files:
        names = {name.removesuffix(".py") for name in files.namelist()}
    folders = {str(parent) for name in names for parent in Path(name).parents}
    named = [*standard_library.LATER, *standard_library.APART]
    assert [name for name in named if name not in names | folders] == []


NOT_IN_A_TAB = ("named '_interpreters'", "named 'multiprocessing'")  # Pyodide has neither
IMPORTS = r"""
import sys, warnings, zipfile
warnings.simplefilter("ignore")
with zipfile.ZipFile("/archives/core.zip") as core:
    files = [name for name in core.namelist() if name.endswith(".pyc")]
names = [name.removesuffix(".pyc").replace("/", ".") for name in files]
names = sorted({name.removesuffix(".__init__") for name in names})
assert len(names) > 20, names
wrong = []
for name in names:
    try:
        __import__(name)
    except BaseException as error:
        wrong.append(f"{name}: {type(error).__name__}: {error}")
print(*wrong, sep="\n")
print([path for path in sys.path if path.startswith("/archives/")])
"""


def test_every_module_in_core_can_be_imported_without_those_that_come_later(fresh: Tab) -> None:
    *wrong, archives = fresh.run(IMPORTS).done.splitlines()
    assert archives == "['/archives/core.zip']"
    assert "\n".join(one for one in wrong if not one.endswith(NOT_IN_A_TAB)) == ""


@pytest.mark.parametrize(
    "name", ["statistics", "email.message", "http.server", "importlib.metadata"]
)
def test_a_module_that_is_not_in_memory_comes(fresh: Tab, name: str) -> None:
    assert fresh.run(f"import sys; print({name!r} in sys.modules)").done == "False\n"
    assert fresh.run(f"import {name}; print('here')").done == "here\n"


def test_a_module_that_is_in_memory_can_be_imported_a_second_time(fresh: Tab) -> None:
    program = """
    import importlib, json, sys
    first = json.dumps
    print(importlib.reload(json).dumps is first)
    del sys.modules["json"]
    import json as second
    print(second is json)
    """
    assert fresh.run(program).done == "False\nFalse\n"


# The memory that all tabs begin with

CHANCES = r"""
import os, random, secrets, tempfile, uuid
print(random.random(), uuid.uuid4(), secrets.token_hex(), os.urandom(9), sep="\n")
print(tempfile.mktemp())
"""


def test_what_is_left_to_chance_differs_from_tab_to_tab(open_tab: Callable[[], Tab]) -> None:
    one, other = (open_tab().run(CHANCES).done.splitlines() for _ in range(2))
    assert len(one) == 5
    assert [a for a, b in zip(one, other, strict=True) if a == b] == []


def test_a_set_has_one_order_in_every_tab(open_tab: Callable[[], Tab]) -> None:
    """About, How the book is verified, says so."""
    program = "print({f'word {number}' for number in range(50)})"
    one, other = (open_tab().run(program).done for _ in range(2))
    assert one == other


@pytest.mark.parametrize("name", packages.MEMORIES)
def test_a_memory_is_the_same_bytes_every_time_and_names_no_place(
    root: Path, assets: Path, listed: dict[str, Any], tmp_path: Path, name: str
) -> None:
    cache = root / ".cache" / "playground"
    compiled = archives.of_packages(root / "requirements.lock", cache, building.NODE)
    tab = archives.of_tab(cache, building.NODE)
    made = archives.of_memory(name, compiled, tab, tmp_path, building.NODE)
    memory = (made / "memory").read_bytes()
    sent = (assets / listed["memories"][name]["memory"]["url"]).read_bytes()
    assert zstd_decompressed(sent) == memory
    assert b"importlib" in memory
    for place in (root, tmp_path):
        assert str(place).encode() not in memory


# What is in the memory of programs that import FastAPI, and what beside it

OF_PACKAGES = r"""
import contextlib, io, json, pathlib, sys, warnings
import fastapi
warnings.simplefilter("ignore")
remembered = {"asyncpg", "httpx", "pydantic_core", "redis"} & {*sys.modules}
folder = pathlib.Path("/archives/extracted")
files = [path.relative_to(folder).with_suffix("") for path in folder.rglob("*.pyc")]
names = {".".join(path.parts).removesuffix(".__init__") for path in files}
own = {name.partition(".")[0] for name in names} | sys.stdlib_module_names - set(ABSENT)
wrong = {}
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    for name in sorted(names):
        if name.endswith(("__main__", ".cli")):
            continue
        try:
            __import__(name)
        except BaseException as error:
            # Another package that is not there, or the module has said which one it wants.
            missed = getattr(error, "name", None) or getattr(error.__context__, "name", None) or ""
            if not missed or missed.partition(".")[0] in own:
                wrong[name] = repr(error)
print(json.dumps([len(names), sorted(remembered), wrong], indent=1))
"""


def test_every_module_of_a_package_in_memory_can_be_imported(fresh: Tab) -> None:
    absent = ["_interpreters", "multiprocessing", *standard_library.LATER]
    program = OF_PACKAGES.replace("ABSENT", str(absent))
    count, remembered, wrong = json.loads(fresh.run(program, "fastapi").done)
    assert count > 100
    assert remembered == ["asyncpg", "httpx", "pydantic_core", "redis"]
    assert wrong == {}
