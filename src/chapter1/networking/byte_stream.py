"""TCP carries bytes in order and forgets where one send ended and the next began."""

import socket
from threading import Thread


def wait_until_arrived(receiver: socket.socket, count: int) -> None:
    while len(receiver.recv(count, socket.MSG_PEEK)) < count:
        pass


def main() -> None:
    server = socket.create_server(("127.0.0.1", 0))
    server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
    sender = socket.create_connection(server.getsockname())
    receiver, _ = server.accept()

    # --8<-- [start:stream]
    sender.sendall(b"pay 30")
    sender.sendall(b"pay 5")
    wait_until_arrived(receiver, 11)  # (1)!
    print(receiver.recv(100))
    #> b'pay 30pay 5'

    message = b"x" * 1_000_000
    Thread(target=sender.sendall, args=[message]).start()  # (2)!
    first = receiver.recv(1_000_000)
    print(0 < len(first) < 1_000_000)
    #> True
    rest = 1_000_000 - len(first)
    while rest:
        rest -= len(receiver.recv(rest))
    print("bytes still missing:", rest)
    #> bytes still missing: 0
    # --8<-- [end:stream]
    sender.close()
    receiver.close()
    server.close()


if __name__ == "__main__":
    main()
