"""Standard output and standard error, passed on as they are written."""

import codecs
import io
from collections.abc import Callable
from typing import Any

Show = Callable[[str, str], None]
ERRORS = {"stdout": "strict", "stderr": "backslashreplace"}  # as CPython has them


class Bytes(io.RawIOBase):
    """A stream of bytes, UTF-8, that hands their text to `show`.

    Args:
        name: `stdout` or `stderr`.
        show: takes the stream's name and the text.
    """

    def __init__(self, name: str, show: Show) -> None:
        self.name = f"<{name}>"
        self.stream = name
        self.show = show
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        """Say that one can write to it."""
        return True

    def write(self, data: Any) -> int:
        """Show `data`."""
        self.show(self.stream, self.decoder.decode(bytes(data)))
        return len(data)


def stream(name: str, show: Show) -> io.TextIOWrapper:
    """Return what programs know as `sys.stdout` or `sys.stderr`; `show` gets what they write."""
    raw = Bytes(name, show)
    return io.TextIOWrapper(raw, "utf-8", ERRORS[name], newline="\n", write_through=True)
