"""Workers times pool size must fit into what the server leaves an ordinary role."""

import asyncio
import os

import asyncpg


# --8<-- [start:connections]
async def setting(server: asyncpg.Connection, name: str) -> int:
    return int(await server.fetchval("SELECT current_setting($1)", name))


async def main() -> None:
    server = await asyncpg.connect(os.environ["DATABASE_URL"])
    most = await setting(server, "max_connections")
    kept_back = await setting(server, "superuser_reserved_connections")
    print(most, "-", kept_back, "=", most - kept_back)
    #> 100 - 3 = 97

    workers, pool_size = 4, 20
    wanted = workers * pool_size
    print(wanted, wanted <= most - kept_back)
    #> 80 True
    print(2 * wanted, 2 * wanted <= most - kept_back)  # (1)!
    #> 160 False
    await server.close()
    # --8<-- [end:connections]


if __name__ == "__main__":
    asyncio.run(main())
