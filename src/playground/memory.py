"""Bring Python's memory into the state in which every program in a tab finds it.

Runs inside Pyodide at build time; memory.mjs takes what is there afterwards.
"""

import gc
import importlib
import json
import random
import sys
import zipfile
import zipimport

ARCHIVES = ("core", "more", "later", "again")  # what holds the rest of the standard library
STANDARD_LIBRARY = "/lib/python314.zip"

with zipfile.ZipFile("/build/tab.zip") as files:
    paths = [name.removesuffix(".pyc").removesuffix("/__init__") for name in files.namelist()]
sys.path.append("/build/tab.zip")
for name in [*json.loads(REMEMBERED), *(path.replace("/", ".") for path in paths)]:  # type: ignore[name-defined]  # noqa: F821
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

random.seed(0)  # the same memory every time; tab.start sets it by chance
gc.collect()
json.dumps(remembered)
