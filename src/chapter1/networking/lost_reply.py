"""A server that crashes before the payment and one that crashes after it look the same."""

import socket
import struct


# --8<-- [start:same]
def crash(connection: socket.socket) -> None:
    at_once = struct.pack("ii", 1, 0)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)  # (1)!
    connection.close()


def main() -> None:
    server = socket.create_server(("127.0.0.1", 0))
    ledger: list[str] = []

    ada = socket.create_connection(server.getsockname())
    connection, _ = server.accept()
    ada.sendall(b"Ada pays 30")
    crash(connection)

    grace = socket.create_connection(server.getsockname())
    connection, _ = server.accept()
    grace.sendall(b"Grace pays 30")
    ledger.append(connection.recv(100).decode())  # (2)!
    crash(connection)
    # --8<-- [end:same]

    # --8<-- [start:evidence]
    try:
        ada.recv(100)
    except OSError as error:
        print("Ada:  ", type(error).__name__)
        #> Ada:   ConnectionResetError
    try:
        grace.recv(100)
    except OSError as error:
        print("Grace:", type(error).__name__)
        #> Grace: ConnectionResetError
    print(ledger)
    #> ['Grace pays 30']
    # --8<-- [end:evidence]
    ada.close()
    grace.close()
    server.close()


if __name__ == "__main__":
    main()
