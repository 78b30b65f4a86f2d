"""Byte-compile each folder of `in/` into a zip archive in `out/`. Runs inside Pyodide.

Sources become `.pyc` without their docstrings; line numbers stay. Whatever else is in the folder
is copied. The archives are stored, not compressed: they are compressed as a whole afterwards.
"""

import ast
import importlib.util
import marshal
import zipfile
from pathlib import Path

# "Never look for a source file" (PEP 552): flag 1 is a hash, without flag 2 it is not checked.
HEADER = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)
WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def compiled(source: bytes, name: str) -> bytes:
    """Return the contents of the `.pyc` of a module, whose tracebacks will say `name`."""
    tree = ast.parse(source, name)
    for node in ast.walk(tree):
        if isinstance(node, WITH_DOCSTRING) and ast.get_docstring(node, clean=False) is not None:
            docstring = node.body[0]
            docstring.value = ast.copy_location(ast.Constant(""), docstring.value)  # type: ignore[attr-defined]
    return HEADER + marshal.dumps(compile(tree, name, "exec", dont_inherit=True))


def archive(folder: Path, target: Path) -> None:
    """Write the archive of one folder, byte for byte the same for the same contents."""
    with zipfile.ZipFile(target, "w") as out:
        for path in sorted(folder.rglob("*")):
            if path.is_dir():
                continue
            name, data = path.relative_to(folder).as_posix(), path.read_bytes()
            if path.suffix == ".py":
                name, data = f"{name}c", compiled(data, f"/{folder.name}/{name}")
            out.writestr(zipfile.ZipInfo(name), data)


for folder in sorted(Path("in").iterdir()):
    archive(folder, Path("out", f"{folder.name}.zip"))
