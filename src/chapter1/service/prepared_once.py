"""Eight copies of the service may meet at an empty database; the tables are made once."""

import asyncio

import asyncpg

from user_service.schema import prepare
from user_service.settings import from_environment


async def main() -> None:
    # --8<-- [start:once]
    settings = from_environment()
    await asyncio.gather(*(prepare(settings) for _ in range(8)))
    connection = await asyncpg.connect(settings.database_url.get_secret_value())
    applied = await connection.fetch("SELECT version FROM schema_versions ORDER BY applied_at")
    print([row["version"] for row in applied])
    #> [1, 2, 3]
    # --8<-- [end:once]
    await connection.close()


if __name__ == "__main__":
    asyncio.run(main())
