"""What went wrong in the reader's program: their own lines, without those of the runtime."""

import traceback
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Report:
    """An error as the page shows it.

    Attributes:
        type: the exception's name, with its module unless it is built in.
        message: what it says.
        trace: the frames in the reader's own files, outermost first: path, line, name, text.
        text: all of it as Python prints it.
    """

    type: str
    message: str
    trace: list[dict[str, Any]]
    text: str


def report(error: BaseException, folder: str) -> Report:
    """Describe `error`.

    Args:
        error: what the program raised.
        folder: where the reader's files are; frames elsewhere are left out.
    """
    error = unwrapped(error, folder)
    told = traceback.TracebackException.from_exception(error)
    own = [frame for frame in told.stack if frame.filename.startswith(folder)]
    strip(told, folder)
    trace = [
        {
            "path": frame.filename.removeprefix(folder),
            "line": frame.lineno,
            "name": frame.name,
            "text": frame.line,
        }
        for frame in own
    ]
    if isinstance(error, SyntaxError) and (error.filename or "").startswith(folder):
        path = (error.filename or "").removeprefix(folder)
        trace.append({"path": path, "line": error.lineno, "name": "", "text": error.text or ""})
    text = "".join(told.format(colorize=False)).replace(folder, "")  # type: ignore[call-arg]
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    return Report(name_of(type(error)), message, trace, text.rstrip("\n"))


def unwrapped(error: BaseException, folder: str) -> BaseException:
    """Return the `StopIteration` that ended a program: our coroutine can only wrap it (PEP 479)."""
    frames = traceback.extract_tb(error.__traceback__)
    wraps = isinstance(error, RuntimeError) and isinstance(error.__cause__, StopIteration)
    ours = not any(frame.filename.startswith(folder) for frame in frames)
    return error.__cause__ if wraps and ours and error.__cause__ else error


def strip(told: traceback.TracebackException, folder: str) -> None:
    """Take the runtime's frames, and those of libraries, out of an error and out of its causes."""
    told.stack[:] = [frame for frame in told.stack if frame.filename.startswith(folder)]
    for other in (told.__cause__, told.__context__, *(told.exceptions or ())):
        if other is not None:
            strip(other, folder)


def name_of(kind: type[BaseException]) -> str:
    """Return an exception's name, as Python prints it."""
    if kind.__module__ in {"builtins", "__main__"}:
        return kind.__qualname__
    return f"{kind.__module__}.{kind.__qualname__}"
