"""The peer closes without reading, and the sender hears of it only through a later call."""

import socket


def main() -> None:
    server = socket.create_server(("127.0.0.1", 0))
    client = socket.create_connection(server.getsockname())
    peer, _ = server.accept()

    # --8<-- [start:later]
    client.sendall(b"pay 30")  # succeeds
    peer.recv(1, socket.MSG_PEEK)  # (1)!
    peer.close()

    try:
        client.recv(100)
    except ConnectionResetError as error:
        print(error.strerror)
        #> Connection reset by peer
    try:
        client.sendall(b"pay 5")
    except BrokenPipeError as error:
        print(error.strerror)
        #> Broken pipe
    # --8<-- [end:later]
    client.close()
    server.close()


if __name__ == "__main__":
    main()
