"""TLS hides the request from the network, but its first message names the server in the clear."""

import ssl

import trustme


def pass_on(sender: ssl.MemoryBIO, receiver: ssl.MemoryBIO) -> bytes:
    data = sender.read()
    receiver.write(data)
    return data


def shake_hands(side: ssl.SSLObject) -> None:
    try:
        side.do_handshake()
    except ssl.SSLWantReadError:
        return  # it waits for the other side's message


def main() -> None:
    authority = trustme.CA()
    for_server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("shop.example").configure_cert(for_server)
    for_client = ssl.create_default_context()
    authority.configure_trust(for_client)
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    from_client, from_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = for_server.wrap_bio(to_server, from_server, server_side=True)

    # --8<-- [start:hides]
    name = "shop.example"
    client = for_client.wrap_bio(to_client, from_client, server_hostname=name)
    shake_hands(client)
    hello = pass_on(from_client, to_server)  # (1)!
    print(b"shop.example" in hello)
    #> True

    shake_hands(server)
    pass_on(from_server, to_client)
    shake_hands(client)
    client.write(b"GET /users/7 HTTP/1.1\r\nHost: shop.example\r\n\r\n")
    sealed = pass_on(from_client, to_server)
    print(b"/users/7" in sealed, b"shop.example" in sealed)
    #> False False
    shake_hands(server)
    print(server.version(), server.read(21))
    #> TLSv1.3 b'GET /users/7 HTTP/1.1'
    # --8<-- [end:hides]


if __name__ == "__main__":
    main()
