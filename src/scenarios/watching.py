"""What can be seen from outside: the stores' content, who holds which lock, who waits for whom."""

from collections.abc import Sequence

import asyncpg
from redis.asyncio import Redis

from scenarios.scenario import Scenario
from scenarios.sessions import NOTHING, Session, told

# A row's lock stands in the row itself: xmax is the transaction that locked or replaced it.
# https://www.postgresql.org/docs/18/ddl-system-columns.html
ROW_LOCKS = """
    SELECT activity.pid, 'row ' || locked.name
    FROM {table} AS locked JOIN pg_stat_activity AS activity ON backend_xid = locked.xmax
    WHERE activity.pid = ANY($1) ORDER BY locked.name"""
# Modes and types: https://www.postgresql.org/docs/18/view-pg-locks.html
TABLE_LOCKS = """
    SELECT pid, locktype || ' ' || mode FROM pg_locks
    WHERE pid = ANY($1) AND granted AND relation = $2::regclass
    ORDER BY locktype, mode"""
TABLE = "accounts"


class Watcher:
    """Looks on from a connection of its own, in no transaction.

    Args:
        scenario: what is played.
        database: a connection to PostgreSQL that nobody else uses.
        cache: a connection to Valkey.
    """

    def __init__(self, scenario: Scenario, database: asyncpg.Connection, cache: Redis) -> None:
        self.scenario, self.database, self.cache = scenario, database, cache

    async def content(self) -> dict[str, str]:
        """Return what each store holds, as everybody else would see it now."""
        found = {}
        for store, query in self.scenario.watch.items():
            if store == "cache":
                entry = await self.cache.get(query)
                found[store] = NOTHING if entry is None else str(entry)
            else:
                found[store] = told(await self.database.fetch(query))
        return found

    async def locks(self, sessions: Sequence[Session]) -> dict[str, list[str]]:
        """Return the locks that each party holds, rows first."""
        names = {session.pid: session.party.name for session in sessions}
        held: dict[str, list[str]] = {name: [] for name in names.values()}
        if all(session.level for session in sessions):
            rows = await self.database.fetch(ROW_LOCKS.format(table=TABLE), list(names))
            rows += await self.database.fetch(TABLE_LOCKS, list(names), TABLE)
            for pid, lock in rows:
                held[names[pid]].append(lock)
        return held
