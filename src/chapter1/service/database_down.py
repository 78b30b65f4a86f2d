"""A database that does not answer at start is waited for, then named in one sentence."""

import asyncio

from user_service.errors import CannotStart
from user_service.schema import prepare
from user_service.settings import from_environment


async def main() -> None:
    # --8<-- [start:down]
    nobody_there = "postgresql://ada:secret@127.0.0.1:1/users"
    settings = from_environment(database_url=nobody_there, start_timeout=0.5)
    try:
        await prepare(settings)
    except CannotStart as error:
        print(error)
        #> PostgreSQL at 127.0.0.1:1 did not answer within 0.5 s.
    # --8<-- [end:down]


if __name__ == "__main__":
    asyncio.run(main())
