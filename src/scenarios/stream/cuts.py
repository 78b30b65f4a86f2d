"""One program writes into a TCP connection, another reads; prints what each call carried, as JSON.

The argument says how it is read: `late`, when all has arrived; `between`, after each write;
`small`, four bytes at a time; or `long`, one write that is longer than the buffers on its way.
"""

import json
import socket
import sys
from threading import Thread

PAYMENTS = [b"pay 30", b"pay 5"]
LONG = 1_000_000
Calls = tuple[list[bytes], list[bytes]]


def write_all(sender: socket.socket, receiver: socket.socket) -> int:
    """Make each payment with a write, wait until all have arrived, and return how many bytes."""
    for payment in PAYMENTS:
        sender.sendall(payment)
    total = sum(map(len, PAYMENTS))
    while len(receiver.recv(total, socket.MSG_PEEK)) < total:
        pass
    return total


def late(sender: socket.socket, receiver: socket.socket) -> Calls:
    """Read when everything is there."""
    write_all(sender, receiver)
    return PAYMENTS, [receiver.recv(100)]


def between(sender: socket.socket, receiver: socket.socket) -> Calls:
    """Read after each write."""
    reads = []
    for payment in PAYMENTS:
        sender.sendall(payment)
        reads.append(receiver.recv(100))
    return PAYMENTS, reads


def small(sender: socket.socket, receiver: socket.socket) -> Calls:
    """Read into a buffer that is smaller than a payment."""
    total = write_all(sender, receiver)
    return PAYMENTS, [receiver.recv(4) for _ in range(0, total, 4)]


def long(sender: socket.socket, receiver: socket.socket) -> Calls:
    """Read what one write of a million bytes brings, call after call."""
    writing = Thread(target=sender.sendall, args=[b"x" * LONG])
    writing.start()
    reads: list[bytes] = []
    while sum(map(len, reads)) < LONG:
        reads.append(receiver.recv(LONG))
    writing.join()
    return [b"x" * LONG], reads


WAYS = {"late": late, "between": between, "small": small, "long": long}


def shown(call: bytes) -> str | int:
    """Return a call's bytes as text, or their number if they are many."""
    return call.decode() if len(call) < 100 else len(call)


def main() -> None:
    """Connect the two, write and read, and print both sides' calls."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        with socket.create_connection(server.getsockname()) as sender, server.accept()[0] as other:
            writes, reads = WAYS[sys.argv[1]](sender, other)
    found = {"writes": [shown(call) for call in writes], "reads": [shown(call) for call in reads]}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
