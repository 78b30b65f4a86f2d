"""What libraries assume of a computer and a tab does not have. One function for each.

A test fails when a library no longer needs its patch.
"""

import socket
import sys
import time
from collections.abc import Callable
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from pyodide import webloop  # type: ignore[import-not-found]


def sleep_blocks() -> None:
    """Pyodide 314 lets other tasks run during `time.sleep`; a book on blocking calls must not."""
    time.sleep = webloop._orig_sleep


def sockets_refuse() -> None:
    """Emscripten seems to connect any socket, and nothing ever arrives: say so at once."""

    def refuse(_: socket.socket, *__: Any) -> None:
        raise OSError(
            "A program in this tab has no sockets of its own. asyncio's connections work."
        )

    for name in ("bind", "connect", "connect_ex"):
        setattr(socket.socket, name, refuse)


def anyio_without_threads(module: ModuleType) -> None:
    """Stay in place: anyio 4.13 runs `def` routes in a thread; a tab has none."""

    async def run_sync(function: Callable[..., Any], *arguments: Any, **_: object) -> Any:
        return function(*arguments)

    module.run_sync = run_sync  # type: ignore[attr-defined]


PATCHES = {"anyio.to_thread": anyio_without_threads}


class PatchingLoader(Loader):
    """Loads a module as another loader does, then patches it."""

    def __init__(self, loader: Loader, patch: Callable[[ModuleType], None]) -> None:
        self.loader = loader
        self.patch = patch

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Leave it to the other loader."""
        return self.loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Execute the module, then patch it."""
        self.loader.exec_module(module)
        self.patch(module)


class Patching(MetaPathFinder):
    """Finds the modules that need a patch where the other finders find them."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Return the spec of a module to patch; None for any other."""
        patch = PATCHES.get(name)
        if patch is None:
            return None
        finders = [finder for finder in sys.meta_path if finder is not self]
        specs = (finder.find_spec(name, path, target) for finder in finders)
        spec = next((found for found in specs if found), None)
        if spec and spec.loader:
            spec.loader = PatchingLoader(spec.loader, patch)
        return spec


def apply() -> None:
    """Apply them all: at once, or when the library is imported."""
    sleep_blocks()
    sockets_refuse()
    sys.meta_path.insert(0, Patching())
