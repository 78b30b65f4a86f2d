"""What the programs of a worker share, and whether one has changed it for those after it."""

import asyncio
import builtins
import contextlib
import gc
import importlib
import locale
import os
import sys
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

IMMUTABLE = 1 << 8  # Py_TPFLAGS_IMMUTABLETYPE: a class that no program can change
PROGRAMS = {"__main__", "__mp_main__"}  # the second name is multiprocessing's
CONSTANTS = (int, float, complex, str, bytes, tuple, ModuleType)


class Shared:
    """The modules and their classes, builtins, and the interpreter's settings.

    Attributes:
        modules: those that are known, by their name.
        namespaces: what each module and each class held when it was met.
    """

    def __init__(self) -> None:
        self.modules: dict[str, ModuleType] = {}
        self.namespaces: list[tuple[Mapping[str, Any], dict[str, Any]]] = []

    def learn(self, names: list[str]) -> None:
        """Note what is there before a program runs.

        Args:
            names: modules that it will import; they are imported now, to be known unchanged.
        """
        for name in names:
            with contextlib.suppress(Exception):  # the program will tell
                importlib.import_module(name)
        for name, module in list(sys.modules.items()):
            if name in PROGRAMS or not isinstance(module, ModuleType):
                continue
            if self.modules.get(name) is not module:
                self.modules[name] = module
                self.namespaces += [(space, dict(space)) for space in namespaces(module)]

    def begin(self) -> None:
        """Note how Python is set, just before a program runs."""
        self.builtins = dict(vars(builtins))
        self.settings = settings()

    def spoiled(self) -> bool:
        """Say whether the program has left any of it changed.

        A name that was not there is no change but among the builtins. What is neither a function
        nor a public constant, and not empty, is a state of the module that its use may change.
        """
        if builtins.__dict__ != self.builtins or not self.modules.items() <= sys.modules.items():
            return True
        for index, (space, before) in enumerate(self.namespaces):
            if space == before:
                continue
            if any(changed(space, name, value) for name, value in before.items()):
                return True
            self.namespaces[index] = (space, dict(space))
        return settings() != self.settings


def namespaces(module: ModuleType) -> Iterator[Mapping[str, Any]]:
    """Return the names of a module, and of each class that it defines."""
    yield module.__dict__
    for value in list(module.__dict__.values()):
        own = isinstance(value, type) and value.__module__ == module.__dict__.get("__name__")
        if own and not value.__flags__ & IMMUTABLE:
            yield value.__dict__


def changed(space: Mapping[str, Any], name: str, before: object) -> bool:
    """Say whether a name means something else now that matters to other programs."""
    if space.get(name, space) is before:
        return False
    public = not name.startswith("_")
    return callable(before) or (public and isinstance(before, CONSTANTS) and bool(before))


def settings() -> list[object]:
    """Return what the interpreter was told that is not a name of a module."""
    return [
        gc.isenabled(),
        gc.get_threshold(),
        sys.get_int_max_str_digits(),
        sys.getswitchinterval(),
        sys.gettrace(),
        sys.getprofile(),
        sys.get_asyncgen_hooks(),
        [*sys.meta_path],
        [*sys.path_hooks],
        locale.setlocale(locale.LC_ALL),
        asyncio.events._event_loop_policy,  # type: ignore[attr-defined]
        [path for path in sys.path if os.access(path, os.F_OK)],
    ]
