"""`python -m local_servers`: the servers for a shell, or for one command."""

import argparse
import os
import shlex
import signal
import subprocess
import sys

from local_servers import Addresses, CannotStart, binaries, local_servers

DESCRIPTION = """\
Start PostgreSQL and Valkey on free ports of this machine, with empty databases.

Without COMMAND: print their addresses, run until Ctrl-C, and delete all data.
With COMMAND: run it with DATABASE_URL and REDIS_URL set, and end when it ends,
with its exit status.

A server whose address stands in DATABASE_URL or REDIS_URL is used as it is.
Everybody on this machine can connect to the servers: use them for throw-away
data on a machine of your own.
"""
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    """Read the command line, start the servers, and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m local_servers",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--durable",
        action="store_true",
        help="PostgreSQL's default settings: a commit waits for the disk (slower)",
    )
    parser.add_argument("command", metavar="COMMAND ARG", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    command = arguments.command[arguments.command[:1] == ["--"] :]
    for number in STOPPING:
        signal.signal(number, lambda number, _: _leave(128 + number))
    try:
        with local_servers(durable=arguments.durable) as addresses:
            return _run(command, addresses) if command else _serve(addresses)
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1


def _serve(addresses: Addresses) -> int:
    """Print the addresses and wait for a signal, which is the normal end."""
    for number in STOPPING:
        signal.signal(number, lambda *_: _leave(0))
    for name, value in addresses.environment.items():
        print(f"{name}={value}", flush=True)
    if psql := binaries.psql():
        print(shlex.join([str(psql), addresses.database_url]), flush=True)
    started = [name for name in addresses.environment if not os.environ.get(name)]
    if started:
        print("Ctrl-C stops what was started here and deletes its data.", file=sys.stderr)
    while True:
        signal.pause()


def _run(command: list[str], addresses: Addresses) -> int:
    """Run a command and return its exit status, as a shell would.

    The terminal sends Ctrl-C to the command too, which decides what it means; the other signals
    reach only us and are passed on.
    """
    try:
        process = subprocess.Popen(command, env={**os.environ, **addresses.environment})
    except OSError as problem:
        print(f"{command[0]}: {problem.strerror}", file=sys.stderr)
        return 127 if isinstance(problem, FileNotFoundError) else 126
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: process.send_signal(number))
    status = process.wait()
    return status if status >= 0 else 128 - status


def _leave(status: int) -> None:
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave the servers behind
    sys.exit(status)


if __name__ == "__main__":
    sys.exit(main())
