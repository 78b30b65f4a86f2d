"""UDP keeps messages apart and drops them without a word when the receiver's buffer is full."""

import socket


def main() -> None:
    # --8<-- [start:loss]
    receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)  # (1)!
    receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # (2)!
    receiver.bind(("127.0.0.1", 0))
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    sent = 0
    for number in range(1000):
        message = f"pay {number}".ljust(500).encode()
        if sender.sendto(message, receiver.getsockname()) == 500:
            sent += 1
    print("sent without an error:", sent)
    #> sent without an error: 1000

    received = [receiver.recv(1000).decode().strip()]
    receiver.settimeout(0)
    try:
        while True:
            received.append(receiver.recv(1000).decode().strip())
    except BlockingIOError:  # (3)!
        print("first:", received[0])
        #> first: pay 0
        print("fewer than 100 received:", len(received) < 100)
        #> fewer than 100 received: True
    # --8<-- [end:loss]

    # --8<-- [start:closed]
    address = receiver.getsockname()
    receiver.close()
    print("bytes sent to nobody:", sender.sendto(b"pay 30", address))
    #> bytes sent to nobody: 6
    # --8<-- [end:closed]
    sender.close()


if __name__ == "__main__":
    main()
