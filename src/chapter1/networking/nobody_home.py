"""A client connects and sends although the server program does nothing at all."""

import socket


def main() -> None:
    # --8<-- [start:nobody]
    server = socket.create_server(("127.0.0.1", 0))  # (1)!
    # From here on the server program does nothing.

    client = socket.create_connection(server.getsockname(), timeout=0.2)
    print("connected:", client.getpeername() == server.getsockname())
    #> connected: True
    print("bytes sent:", client.send(b"pay 30"))
    #> bytes sent: 6

    try:
        client.recv(100)
    except TimeoutError:
        print("no answer within 0.2 seconds")
        #> no answer within 0.2 seconds
    # --8<-- [end:nobody]
    client.close()
    server.close()


if __name__ == "__main__":
    main()
