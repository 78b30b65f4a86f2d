"""The files that a tab loads: compressed, named by their contents, so that they never change."""

import gzip
import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any


@dataclass
class Assets:
    """A folder of assets and the list of them that the page gets.

    Attributes:
        folder: where they are written.
        names: the files that belong there; others are left from an earlier build.
    """

    folder: Path
    names: set[str] = field(default_factory=set)

    def add(self, name: str, data: bytes, *, compress: bool = True) -> dict[str, Any]:
        """Write one asset; return its file name and its size in bytes, as it is transferred.

        Args:
            name: what it is, with its ending: `core.zip`.
            data: its contents.
            compress: write it as gzip, which the page unpacks itself: not every host would. What
                has been packed already (`name` ends in `.gz`) is taken as it is.
        """
        if name.endswith(".gz"):
            name, data = name.removesuffix(".gz"), gzip.decompress(data)
        stem, _, ending = name.partition(".")
        wanted = f"{stem}-{sha256(data).hexdigest()[:10]}.{ending or 'bin'}{'.gz' * compress}"
        path = self.folder / wanted
        if not path.exists():
            path.write_bytes(gzip.compress(data, 9, mtime=0) if compress else data)
        self.names.add(wanted)
        size = path.stat().st_size
        return {"url": wanted, "size": size}

    def remove_others(self) -> None:
        """Remove files of earlier builds."""
        for path in self.folder.iterdir():
            if path.name not in self.names:
                path.unlink()

    def version(self) -> str:
        """Return a hash that changes when any asset does."""
        return sha256(json.dumps(sorted(self.names)).encode()).hexdigest()[:10]
