"""Run a program of the reader's: its files, its main module, in a folder of its own."""

import asyncio
import contextlib
import gc
import importlib.util
import io
import linecache
import marshal
import os
import shutil
import signal
import struct
import sys
import warnings
from asyncio import events
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from . import loggers
from .output import stream
from .source import AWAITED, OWN, code_of, compiled, imported

SOURCE = Path(OWN)
WORK = Path("/listing/work")  # the current folder: empty, as in the tests
TEMPORARY = Path("/tmp")  # noqa: S108 — of this tab, and of nobody else
SIGNALS = (signal.SIGINT, signal.SIGTERM)  # a server that is cancelled leaves its handlers behind
AT_IMPORT = {"this", "__hello__"}  # modules that print when they are imported


def lay_out(files: dict[str, str], environment: dict[str, str]) -> None:
    """Write a program's files."""
    for folder in (SOURCE, WORK):
        folder.mkdir(parents=True)
    for path, text in files.items():
        (SOURCE / path).parent.mkdir(parents=True, exist_ok=True)
        (SOURCE / path).write_text(text, "utf-8")
        if path.endswith(".py") and (code := code_of(OWN + path, text)):
            write_compiled(SOURCE / path, code)
    os.chdir(WORK)
    os.environ.update(environment)
    if str(SOURCE) not in sys.path:
        sys.path.insert(0, str(SOURCE))
    sys.path_importer_cache.pop(str(SOURCE), None)  # it has not been there
    linecache.clearcache()


def write_compiled(path: Path, code: CodeType) -> None:
    """Put a module's byte code where an import looks for it: it has been compiled already.

    The format is that of PEP 552, whose flags are 0: the source's time and size tell it is current.
    """
    compiled = Path(importlib.util.cache_from_source(path))
    compiled.parent.mkdir(exist_ok=True)
    state = path.stat()
    head = struct.pack("<III", 0, int(state.st_mtime) & 0xFFFFFFFF, state.st_size & 0xFFFFFFFF)
    compiled.write_bytes(importlib.util.MAGIC_NUMBER + head + marshal.dumps(code))


def from_outside(files: dict[str, str]) -> list[str]:
    """Return the names of the modules that a program imports and that are none of its files."""
    own = AT_IMPORT | {path.partition("/")[0].removesuffix(".py") for path in files}
    return [name for name in imported(files) if name.partition(".")[0] not in own]


def forget() -> None:
    """Remove the last program's files and modules, and modules that print when imported."""
    os.chdir("/")
    for folder in (SOURCE.parent, TEMPORARY):
        shutil.rmtree(folder, ignore_errors=True)
    TEMPORARY.mkdir()  # a library may want it when it is imported
    for name, module in list(sys.modules.items()):
        if name in AT_IMPORT or (getattr(module, "__file__", None) or "").startswith(OWN):
            del sys.modules[name]


@contextlib.contextmanager
def streams(show: Callable[[str, str], None]) -> Iterator[None]:
    """Show what is printed within the block, where nobody types anything."""
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.StringIO()
    sys.stdout, sys.stderr = stream("stdout", show), stream("stderr", show)
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = before


@contextlib.contextmanager
def surroundings() -> Iterator[None]:
    """Put back at the end what a program can change for those after it."""
    environment, path, limit = dict(os.environ), sys.path[:], sys.getrecursionlimit()
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(environment)
        sys.path[:] = path
        sys.setrecursionlimit(limit)
        for number, handler in handlers.items():
            signal.signal(number, handler)


async def run(
    path: str,
    text: str,
    show: Callable[[str, str], None],
    awaited_run: Callable[..., Coroutine[Any, Any, Any]] | None,
) -> None:
    """Run the main module as `python -m` would.

    Args:
        path: its file, below the folder of the reader's files.
        text: its source.
        show: takes `stdout` or `stderr` and what was printed there.
        awaited_run: stands in for `asyncio.run` in a browser without JSPI; None with it.

    Raises:
        BaseException: whatever the program raises.
    """
    package = path.removesuffix(".py").replace("/", ".").rpartition(".")[0]
    module = ModuleType("__main__")
    module.__dict__.update(__file__=OWN + path, __package__=package)
    before, sys.modules["__main__"] = sys.modules["__main__"], module
    gc.freeze()  # what is there before the run need not be looked at after it
    asyncio_run, arguments = asyncio.run, sys.argv
    outside = events._get_running_loop()
    events._set_running_loop(None)  # asyncio.run wants to be alone
    sys.argv = [OWN + path]
    with streams(show), surroundings(), loggers.put_back(), warnings.catch_warnings():
        try:
            code = compiled(OWN + path, text, in_steps=awaited_run is not None)
            if awaited_run:
                module.__dict__[AWAITED] = awaited_run
            result = eval(code, module.__dict__)  # noqa: S307 — running it is what we are for
            if asyncio.iscoroutine(result):
                await result
        finally:
            asyncio.run, sys.argv = asyncio_run, arguments
            events._set_running_loop(outside)
            sys.modules["__main__"] = before
            module.__dict__.clear()
            gc.collect()  # "was never awaited" belongs to this run, not to the next
