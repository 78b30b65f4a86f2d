"""Lists from a replica of PostgreSQL, once it has what their reader has written (REPLICA_URL).

With the answer to a change the client gets a cookie: how far the primary's log had been written
by then. A list is read from the replica if that has replayed so much, and from the primary
otherwise. A browser sends the cookie by itself, to whichever copy of the service.

A single user is never read there: a row a moment old would go into the cache, and stay.
https://www.postgresql.org/docs/18/functions-admin.html#FUNCTIONS-ADMIN-BACKUP-TABLE
"""

import logging
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import asyncpg
from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from user_service.connections import open_database
from user_service.database import Database
from user_service.errors import Unavailable
from user_service.settings import Settings
from user_service.users import Users

COOKIE, ATTRIBUTES = "written", "; Path=/users; HttpOnly; SameSite=Lax"
POSITION = re.compile(r"[0-9A-F]{1,8}/[0-9A-F]{1,8}", re.ASCII)
NOTHING, EVERYTHING = "0/0", "FFFFFFFF/FFFFFFFF"
NOW = "SELECT pg_current_wal_insert_lsn()::text AS position"
REPLAYED = "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= $1::text::pg_lsn"
PAUSE = 1.0  # seconds for which a replica that failed is left alone
Rows = list[asyncpg.Record]
logger = logging.getLogger("user_service.replica")


class Replica:
    """A replica, as a place to read that may lag behind or be away.

    Args:
        database: its connections.
    """

    def __init__(self, database: Database) -> None:
        self._database, self._away_until = database, 0.0

    # --8<-- [start:read]
    async def read(self, written: str, sql: str, *values: object) -> Rows | None:
        """Return the rows, or None if they may be older than a position of the log.

        Args:
            written: the position, as PostgreSQL writes it.
            sql: a statement that changes nothing.
            values: its values.
        """
        if time.monotonic() < self._away_until:
            return None
        try:
            async with self._database.connection() as connection:
                if await connection.fetchval(REPLAYED, written):  # before, not in the same one
                    return await connection.fetch(sql, *values)
        except (Unavailable, asyncpg.PostgresError) as error:  # the tables may be on their way
            logger.warning("the replica is passed over: %s", type(error.__cause__ or error))
            self._away_until = time.monotonic() + PAUSE
        return None

    # --8<-- [end:read]


class Lists(Database):
    """The database as one client may see it: the replica where it suffices, else the primary.

    Args:
        primary: where everything is.
        replica: where it arrives a little later.
        written: the client's last change, as a position of the primary's log.
    """

    def __init__(self, primary: Database, replica: Replica, written: str) -> None:
        super().__init__(primary.pool, primary.patience)
        self._replica, self._written = replica, written

    async def read(self, sql: str, *values: object) -> Rows:
        """Run a statement that changes nothing, as `Database.read` does."""
        rows = await self._replica.read(self._written, sql, *values)
        return await super().read(sql, *values) if rows is None else rows


class ReadYourWrites:
    """Sends lists to the replica, and tells clients what they have written: ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and scope["path"].startswith("/users"):
            if scope["method"] != "GET":
                send = partial(_tell, scope["state"]["database"], send)
            elif scope["path"] == "/users":
                scope = {**scope, "state": _for_lists(scope)}
        await self._app(scope, receive, send)


def _for_lists(scope: Scope) -> dict[str, Any]:
    """Return the state for a request whose users come from the replica where that suffices."""
    state, cookie = scope["state"], Request(scope).cookies.get(COOKIE, "")
    written = cookie if POSITION.fullmatch(cookie) else NOTHING
    lists = Lists(state["database"], state["replica"], written)
    return dict(state) | {"users": Users(lists, state["cache"])}


# --8<-- [start:tell]
async def _tell(primary: Database, send: Send, message: Message) -> None:
    """Send an answer; if something has been changed, or may have been, say how far to read."""
    if message["type"] == "http.response.start" and not 400 <= message["status"] < 500:
        try:
            position = (await primary.fetch(NOW))[0]["position"]
        except Unavailable:
            position = EVERYTHING  # so that the primary is asked
        cookie = f"{COOKIE}={position}{ATTRIBUTES}".encode()
        message["headers"] = [*message["headers"], (b"set-cookie", cookie)]
    await send(message)


# --8<-- [end:tell]


def install(app: FastAPI, settings: Settings) -> None:
    """Read the app's lists from a replica.

    Args:
        app: the service.
        settings: where it is (it may be away), and the rest as for the primary.
    """
    app.add_middleware(ReadYourWrites)
    opened = app.router.lifespan_context
    there = settings.model_copy(update={"database_url": settings.replica_url})

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
        async with opened(app) as state, open_database(there, at_start=0) as database:
            yield {**(state or {}), "replica": Replica(database)}

    app.router.lifespan_context = lifespan
