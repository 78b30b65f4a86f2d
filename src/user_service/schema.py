"""The tables: made and changed by numbered SQL files, each applied once (`migrations/*.sql`)."""

import asyncio
import time
from importlib.resources import files
from urllib.parse import urlsplit

import asyncpg

from user_service.errors import CannotStart
from user_service.roles import LOCK, grant
from user_service.settings import Settings

PAUSE = 0.2  # seconds between two attempts to connect
CONNECT_TIMEOUT = 2.0  # seconds for one attempt
STARTING = (
    OSError,
    asyncpg.CannotConnectNowError,
    asyncpg.InsufficientResourcesError,
    asyncpg.PostgresConnectionError,
)
REFUSED = (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError)
RECORD = "INSERT INTO schema_versions VALUES ($1, $2)"


def migrations() -> dict[int, tuple[str, str]]:
    """Return name and SQL of every migration by its number, in order."""
    folder = files("user_service") / "migrations"
    found = sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql"))
    return {int(name[:4]): (name, (folder / name).read_text("utf-8")) for name in found}


async def prepare(settings: Settings) -> None:
    """Wait until PostgreSQL answers, and see to it that its tables are the ones we need.

    With `migrate="never"` nothing is changed. A schema newer than this program is accepted:
    during a deployment the old program runs beside the new one.

    Args:
        settings: the address, what may be done to the tables, and how long to wait.

    Raises:
        CannotStart: PostgreSQL does not answer or refuses, a migration fails, or one is missing
            and may not be applied.
    """
    connection = await _connect(settings)
    try:
        current, newest = await version(connection), max(migrations())
        if current < newest and settings.migrate == "never":
            raise CannotStart(
                f"The database is at version {current} and this program needs {newest}:"
                " start it once with MIGRATE=auto, as a user who may create tables."
            )
        if current < newest:
            await _migrate(connection)
        if settings.migrate == "auto" and settings.database_role:
            await grant(connection, settings.database_role)
    except REFUSED as error:
        raise CannotStart(f"The tables cannot be prepared: {error}.") from error
    finally:
        await connection.close(timeout=CONNECT_TIMEOUT)


async def version(connection: asyncpg.Connection) -> int:
    """Return the number of the last migration that was applied, 0 for an empty database.

    Args:
        connection: a connection to the database.

    Raises:
        asyncpg.PostgresError: the user may not read the table of versions, for example.
    """
    if await connection.fetchval("SELECT to_regclass('schema_versions')") is None:
        return 0
    return int(await connection.fetchval("SELECT coalesce(max(version), 0) FROM schema_versions"))


# --8<-- [start:migrate]
async def _migrate(connection: asyncpg.Connection) -> None:
    # Inside the transaction, another copy's table might stay unseen.
    await connection.execute("SELECT pg_advisory_lock($1)", LOCK)
    async with connection.transaction():
        current = await version(connection)
        for number, (name, sql) in migrations().items():
            if number > current:
                await connection.execute(sql)
                await connection.execute(RECORD, number, name)


# --8<-- [end:migrate]


async def _connect(settings: Settings) -> asyncpg.Connection:
    url = settings.database_url.get_secret_value()
    place = urlsplit(url).netloc.rpartition("@")[2] or "its default address"
    give_up = time.monotonic() + settings.start_timeout
    while True:
        try:
            return await asyncpg.connect(url, timeout=CONNECT_TIMEOUT)
        except STARTING as error:
            if time.monotonic() > give_up:
                waited = f"within {settings.start_timeout:g} s"
                raise CannotStart(f"PostgreSQL at {place} did not answer {waited}.") from error
        except REFUSED as error:
            raise CannotStart(f"PostgreSQL at {place} refuses: {error}.") from error
        await asyncio.sleep(PAUSE)
