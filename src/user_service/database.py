"""The pool of connections to PostgreSQL: borrowed with a time limit, returned for certain."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from user_service.errors import AWAY, COLLIDED, LOST, NOTHING_DONE, UNKNOWN, Unavailable


class Database:
    """PostgreSQL, as a pool of connections.

    Args:
        pool: the connections.
        patience: seconds to wait for a free one.
    """

    def __init__(self, pool: asyncpg.Pool, patience: float) -> None:
        self.pool, self.patience = pool, patience

    # --8<-- [start:connection]
    @asynccontextmanager
    async def connection(self) -> AsyncIterator[PoolConnectionProxy]:
        """Lend a connection for the length of an `async with` block.

        Raises:
            Unavailable: none was free in time, or the database did not answer.
        """
        try:
            borrowed = await self.pool.acquire(timeout=self.patience)
        except AWAY as error:
            raise Unavailable(NOTHING_DONE) from error
        try:
            try:
                yield borrowed
            finally:
                await self.pool.release(borrowed)
        except asyncpg.TransactionRollbackError as error:  # a deadlock, for example
            raise Unavailable(COLLIDED) from error
        except AWAY as error:
            raise Unavailable(UNKNOWN) from error

    # --8<-- [end:connection]

    async def fetch(self, sql: str, *values: object) -> list[asyncpg.Record]:
        """Run one statement, once, and return its rows.

        Args:
            sql: the statement, with `$1`, `$2` … where values go.
            values: the values.

        Raises:
            Unavailable: the database did not answer in time, or is away.
        """
        async with self.connection() as connection:
            return await connection.fetch(sql, *values)

    async def read(self, sql: str, *values: object) -> list[asyncpg.Record]:
        """Run a statement that changes nothing: a second time, if its connection breaks."""
        try:
            return await self.fetch(sql, *values)
        except Unavailable as error:
            if not isinstance(error.__cause__, LOST):
                raise
        return await self.fetch(sql, *values)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[PoolConnectionProxy]:
        """Lend a connection on which everything is done or nothing, as in `connection`."""
        async with self.connection() as connection, connection.transaction():
            yield connection
