"""A time limit that knows where the reader's program was when it struck."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CoroutineType, FrameType

STUCK = 3  # exit status of a process whose program catches the time limit again and again


class TimeLimit(BaseException):
    """The reader's program did not come to an end.

    It is no Exception, so that `except Exception` in the program does not catch it.

    Attributes:
        seconds: how long it had.
        line: where it was, if it was in the reader's file.
    """

    def __init__(self, seconds: float, line: int | None) -> None:
        super().__init__(f"not done after {seconds:g} seconds")
        self.seconds = seconds
        self.line = line


@contextmanager
def time_limit(seconds: float, solution: Path) -> Iterator[None]:
    """Raise TimeLimit in the block after `seconds`; if it goes on, twice more, then end it all."""
    raised = 0

    def stop(_: int, frame: FrameType | None) -> None:
        nonlocal raised
        raised += 1
        if raised > 3:
            os._exit(STUCK)
        raise TimeLimit(seconds, running_line(frame, solution) or waiting_line(solution))

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def running_line(frame: FrameType | None, solution: Path) -> int | None:
    """Return the innermost line of the reader's file among the calls that are running."""
    while frame:
        if frame.f_code.co_filename == str(solution):
            return frame.f_lineno
        frame = frame.f_back
    return None


def waiting_line(solution: Path) -> int | None:
    """Return a line of the reader's file at which a task of the running loop waits."""
    try:
        tasks = asyncio.all_tasks()
    except RuntimeError:  # there is no loop
        return None
    line = None
    for task in tasks:
        waiting: object = task.get_coro()
        while isinstance(waiting, CoroutineType):
            frame = waiting.cr_frame
            if frame and frame.f_code.co_filename == str(solution):
                line = frame.f_lineno
            waiting = waiting.cr_await
    return line
