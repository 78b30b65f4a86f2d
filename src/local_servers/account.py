"""The account that the servers run as."""

import os
import pwd
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from local_servers.errors import CannotStart


@dataclass(frozen=True)
class Account:
    """A user and a group, by number. A process that runs as it is in no other group."""

    user: int
    group: int

    def owns(self, path: Path) -> None:
        """Give one file or folder to this account (only root may)."""
        os.chown(path, self.user, self.group, follow_symlinks=False)

    def can_read(self, folders: Iterable[Path]) -> bool:
        """Tell whether this account can read the folders and all that is in them."""
        return self._answers(lambda: all(_is_readable(os.fspath(folder)) for folder in folders))

    def can_enter(self, folder: Path) -> bool:
        """Tell whether this account can open files below the folder, if it knows their names."""
        return self._answers(lambda: os.access(folder, os.X_OK))

    def _answers(self, question: Callable[[], bool]) -> bool:
        """Ask in a forked process that has become this account.

        So the kernel answers: mode bits alone would miss the folders above and access lists.
        """
        process = os.fork()
        if process == 0:
            try:
                os.setgroups([])
                os.setgid(self.group)
                os.setuid(self.user)
                os._exit(0 if question() else 1)
            finally:
                os._exit(2)  # on an exception: this copy of the program must not go on
        return os.waitpid(process, 0)[1] == 0


def unprivileged() -> Account | None:
    """Return the account to run as, or None for the one we are already.

    PostgreSQL refuses to run as root, because whoever breaks into it would own the machine
    (https://www.postgresql.org/docs/18/postgres-user.html); what holds for it holds for Valkey.

    Raises:
        CannotStart: we are root and there is no user `nobody`.
    """
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise CannotStart(
            "Servers do not run as root, and this system has no user `nobody` to run them as."
            " Add one, or run this as an ordinary user."
        ) from None
    return Account(entry.pw_uid, entry.pw_gid)


def _is_readable(path: str) -> bool:
    if not os.path.isdir(path):  # noqa: PTH112 — there are a thousand of them
        return os.access(path, os.R_OK)
    if not os.access(path, os.R_OK | os.X_OK):
        return False
    with os.scandir(path) as entries:
        return all(entry.is_symlink() or _is_readable(entry.path) for entry in entries)
