"""Bring Python's memory into the state in which every program in a tab finds it.

Runs inside Pyodide at build time; memory.mjs takes what is there afterwards.
"""

import gc
import importlib
import json
import os
import random
import sys
import zipfile
import zipimport

ARCHIVES = ("core", "more", "later", "again")  # what holds the rest of the standard library
STANDARD_LIBRARY = "/lib/python314.zip"
PACKAGES = "/archives/extracted"

with zipfile.ZipFile("/build/tab.zip") as files:
    paths = [name.removesuffix(".pyc").removesuffix("/__init__") for name in files.namelist()]
sys.path.append("/build/tab.zip")
if os.path.isdir(PACKAGES):  # noqa: PTH112 — pathlib is not to be in memory
    sys.path.append(PACKAGES)
for path in paths:
    importlib.import_module(path.replace("/", "."))
importlib.import_module("tab.patches").apply()
for name in json.loads(MODULES):  # type: ignore[name-defined]  # noqa: F821
    importlib.import_module(name)

# The archive it came from is not there in a tab; what else is in it comes in others.
for name, module in sys.modules.items():
    if any(path.startswith(STANDARD_LIBRARY) for path in getattr(module, "__path__", ())):
        folder = name.replace(".", "/")
        module.__path__ = [f"/archives/{archive}.zip/{folder}" for archive in ARCHIVES]
sys.path[:] = [path for path in sys.path if not path.endswith(".zip")]
sys.path_importer_cache.clear()
zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]  # noqa: SLF001
remembered = sorted(sys.modules)
importlib.import_module("tab.start").SHARED.learn([])

random.seed(0)  # the same memory every time; tab.start sets it by chance
gc.collect()
json.dumps(remembered)
