"""Standard output and standard error, passed on as they are written."""

import io
from collections.abc import Callable


class Stream(io.TextIOBase):
    """A text stream that hands everything to `show`.

    Args:
        name: `stdout` or `stderr`.
        show: takes the stream's name and the text.
    """

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, name: str, show: Callable[[str, str], None]) -> None:
        self.stream_name = name
        self.show = show

    @property
    def name(self) -> str:
        """The name that CPython gives this stream."""
        return f"<{self.stream_name}>"

    def writable(self) -> bool:
        """Say that one can write to it."""
        return True

    def write(self, text: str) -> int:
        """Show `text`.

        Raises:
            TypeError: it is not a string.
        """
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.show(self.stream_name, text)
        return len(text)
