"""A process may hold only so many files and sockets open at once."""

import errno
import resource
import socket

# --8<-- [start:limit]
_, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))  # (1)!

sockets: list[socket.socket] = []
try:
    while True:
        sockets.append(socket.socket())
except OSError as error:
    print(errno.errorcode[error.errno or 0], len(sockets) < 64)
    #> EMFILE True
    # --8<-- [end:limit]

for each in sockets:
    each.close()
