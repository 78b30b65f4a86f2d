"""What a test gets anew: the reader's module, and empty servers."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from local_servers import Addresses


async def clear(addresses: Addresses) -> None:
    """End what an earlier test left running, and drop what it left lying.

    asyncpg and redis are imported here: together they take long, and few exercises need them.
    """
    import asyncpg  # noqa: PLC0415
    from redis.asyncio import Redis  # noqa: PLC0415

    own = await asyncpg.connect(addresses.database_url)
    await own.execute("""
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid();
        DROP SCHEMA public CASCADE;
        CREATE SCHEMA public;
    """)
    await own.close()
    async with Redis.from_url(addresses.redis_url) as cache:
        await cache.flushdb()


def load(path: Path) -> ModuleType:
    """Import a file anew."""
    spec = spec_from_file_location(path.stem, path)
    assert spec and spec.loader  # noqa: S101, PT018 — for mypy
    module = sys.modules[path.stem] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
