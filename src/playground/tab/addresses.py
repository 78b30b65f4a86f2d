"""Names, addresses and the sockets that libraries ask about them: all there is in a tab."""

import socket
from itertools import count
from typing import TypeAlias

LOCAL = {"localhost", "127.0.0.1", "::1", "0.0.0.0", "", None}  # noqa: S104
FIRST_FREE_PORT = 49152  # the first ephemeral port (RFC 6335, section 6)
free_ports = count(FIRST_FREE_PORT)

Resolved: TypeAlias = list[tuple[int, int, int, str, tuple[str, int]]]


class Endpoint:
    """What a library may ask of the socket behind a transport: its addresses.

    Args:
        own: host and port of this end.
        other: host and port of the other end; None for a socket that listens.
    """

    family = socket.AF_INET
    type = socket.SOCK_STREAM
    proto = socket.IPPROTO_TCP

    def __init__(self, own: tuple[str, int], other: tuple[str, int] | None = None) -> None:
        self.own = own
        self.other = other

    def getsockname(self) -> tuple[str, int]:
        """Return the address of this end."""
        return self.own

    def getpeername(self) -> tuple[str, int]:
        """Return the address of the other end.

        Raises:
            OSError: the socket listens, so it has no other end.
        """
        if self.other is None:
            raise OSError(107, "Transport endpoint is not connected")
        return self.other

    def setsockopt(self, *_: object) -> None:
        """Take any option: none changes anything in a tab."""

    def getsockopt(self, *_: object) -> int:
        """Return 0 for any option."""
        return 0

    def fileno(self) -> int:
        """Return -1: there is no file behind it."""
        return -1


def resolve(host: bytes | str | None, port: int | str | None) -> Resolved:
    """Return the addresses of `host`, as `getaddrinfo` does.

    Raises:
        socket.gaierror: it is not this computer; a program in a tab reaches no other.
    """
    name = host.decode() if isinstance(host, bytes) else host
    if name not in LOCAL:
        reason = f"Name or service not known: {name!r}. A program in this tab reaches no other host"
        raise socket.gaierror(socket.EAI_NONAME, reason)
    address = ("127.0.0.1", int(port or 0))
    return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", address)]
