"""Archives of packages, which the worker puts into the tab's file system, made importable."""

import sys
import zipfile

FOLDER = "/archives"
EXTRACTED = f"{FOLDER}/extracted"
OWN_FILES = (".so", ".pem")  # an extension and certificates are read as files


def add(names: list[str]) -> None:
    """Make what is in these archives importable.

    Args:
        names: those of the files, without `.zip`.
    """
    for name in names:
        path = f"{FOLDER}/{name}.zip"
        with zipfile.ZipFile(path) as files:
            extract(files)
        sys.path.append(path)
    for path in [path for path, finder in sys.path_importer_cache.items() if not finder]:
        del sys.path_importer_cache[path]  # what was not there may be there now


def extract(files: zipfile.ZipFile) -> None:
    """Extract the packages with files of their own, or with a folder that is to be served."""
    names = files.namelist()
    apart = [name for name in names if name.endswith(OWN_FILES) or "/static/" in name]
    owners = {name.partition("/")[0] for name in apart}
    if owners:
        files.extractall(EXTRACTED, [name for name in names if name.partition("/")[0] in owners])
        if EXTRACTED not in sys.path:
            sys.path.append(EXTRACTED)
