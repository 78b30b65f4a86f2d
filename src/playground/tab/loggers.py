"""Loggers outlive a program, as libraries hold them; what a program has told them does not."""

import contextlib
import logging
from collections.abc import Iterator
from typing import Any


@contextlib.contextmanager
def put_back() -> Iterator[None]:
    """Put back at the end of the block what loggers were told in it."""
    manager = logging.root.manager
    told = {one: state(one) for one in loggers()}
    names, numbers = logging._levelToName, logging._nameToLevel
    before = dict(names), dict(numbers), manager.disable
    try:
        yield
    finally:
        for one in loggers():
            vars(one).update(told.get(one) or state(logging.RootLogger(logging.NOTSET)))
        names.clear()
        names.update(before[0])
        numbers.clear()
        numbers.update(before[1])
        manager.disable = before[2]
        manager._clear_cache()  # type: ignore[attr-defined]


def loggers() -> list[logging.Logger]:
    """Return all that there are."""
    known = logging.root.manager.loggerDict.values()
    return [logging.root, *(one for one in known if isinstance(one, logging.Logger))]


def state(logger: logging.Logger) -> dict[str, Any]:
    """Return what a logger can be told."""
    return {
        "level": logger.level,
        "handlers": logger.handlers[:],
        "filters": logger.filters[:],
        "propagate": logger.propagate,
        "disabled": logger.disabled,
    }
