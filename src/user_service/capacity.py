"""How many connections a deployment opens, and how large a pool may be so that they fit.

Nothing of the service imports this: it is for whoever decides how many copies there are.
"""

MAX_CONNECTIONS, RESERVED = 100, 3
"""PostgreSQL's defaults: `max_connections` and `superuser_reserved_connections`."""


# --8<-- [start:arithmetic]
def connections(copies: int, workers: int, pool_size: int, *, deploying: bool = False) -> int:
    """Return how many connections the service may have open at PostgreSQL.

    Args:
        copies: how often the service runs: machines, containers or pods.
        workers: processes in each of them.
        pool_size: connections each process may open.
        deploying: whether the old copies are still there beside as many new ones.
    """
    return copies * workers * pool_size * (2 if deploying else 1)


def largest_pool(copies: int, workers: int, allowed: int = MAX_CONNECTIONS - RESERVED) -> int:
    """Return the greatest POOL_SIZE with which a deployment still fits; 0 if none does.

    Args:
        copies: how often the service runs.
        workers: processes in each of them.
        allowed: connections PostgreSQL leaves to an ordinary role.
    """
    return allowed // connections(copies, workers, pool_size=1, deploying=True)


# --8<-- [end:arithmetic]
