"""The files that a tab loads: compressed, named by their contents, so that they never change."""

import gzip
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any


@dataclass
class Assets:
    """A folder of assets and the list of them that the page gets.

    Attributes:
        folder: where they are written.
        node: the program that compresses.
        names: the files that belong there; others are left from an earlier build.
    """

    folder: Path
    node: Path
    names: set[str] = field(default_factory=set)

    def add(self, name: str, data: bytes, *, compress: bool = True) -> dict[str, Any]:
        """Write one asset; return its file name and its size in bytes, as it is transferred.

        Args:
            name: what it is, with its ending: `python.js`.
            data: its contents.
            compress: write it as gzip, which the page unpacks itself: not every host would.
        """
        ending, packed = (".gz", gzipped) if compress else ("", bytes)
        return self._write(name, data, ending, packed)

    def pack(self, name: str, data: bytes) -> dict[str, Any]:
        """Write one asset with Zstandard: a sixth smaller than gzip, and only workers unpack it.

        Args:
            name: what it is, with its ending: `core.zip`.
            data: its contents.
        """
        return self._write(name, data, ".zst", self._zstd)

    def _write(
        self, name: str, data: bytes, ending: str, packed: Callable[[bytes], bytes]
    ) -> dict[str, Any]:
        stem, _, kind = name.partition(".")
        wanted = f"{stem}-{sha256(data).hexdigest()[:10]}.{kind or 'bin'}{ending}"
        path = self.folder / wanted
        if not path.exists():
            path.write_bytes(packed(data))
        self.names.add(wanted)
        return {"url": wanted, "size": path.stat().st_size}

    def _zstd(self, data: bytes) -> bytes:
        program = [self.node, Path(__file__).parent / "compress.mjs"]
        return subprocess.run(program, input=data, stdout=subprocess.PIPE, check=True).stdout

    def remove_others(self) -> None:
        """Remove files of earlier builds."""
        for path in self.folder.iterdir():
            if path.name not in self.names:
                path.unlink()

    def version(self) -> str:
        """Return a hash that changes when any asset does."""
        return sha256(json.dumps(sorted(self.names)).encode()).hexdigest()[:10]


def gzipped(data: bytes) -> bytes:
    """Return data as gzip, the same bytes every time."""
    return gzip.compress(data, 9, mtime=0)
