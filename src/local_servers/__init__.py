"""Real PostgreSQL and Valkey for tests, listings and development, gone when you are.

    with local_servers() as addresses, scratch(addresses) as empty:
        run(listing, env={**os.environ, **empty.environment})

The servers come from wheels, listen on free ports of the loopback interface and keep their data
in a temporary folder. `python -m local_servers --help` does the same from a shell.

PostgreSQL lets everybody who reaches its port in as a superuser (`trust`), and Valkey asks for
no password either. That is acceptable for throw-away data on a machine whose accounts all
belong to you, such as a laptop or a CI container, and for nothing else: any other account there
could run programs as yours (`COPY … TO PROGRAM`).
https://www.postgresql.org/docs/18/auth-trust.html
"""

from local_servers.errors import CannotStart, NoEmptyDatabase
from local_servers.launcher import Addresses, local_servers
from local_servers.scratch import scratch, versions

__all__ = ["Addresses", "CannotStart", "NoEmptyDatabase", "local_servers", "scratch", "versions"]
