"""A database role that may read and write users, and may not change or drop a table.

The address names a user who may create tables. At the first start it makes this role; the
connections that serve requests then take it on (`connections.py`), so one address serves both.
That keeps a mistake of ours from doing more than it should. It is no wall: a session can lay the
role down again (RESET ROLE). For a wall, keep two accounts: start the service once with the
strong one, and from then on with one that has only these rights, and `MIGRATE=never`.
"""

import logging

import asyncpg

logger = logging.getLogger("user_service.roles")
LOCK = 7_305_152_001  # any number, as long as every copy of the service uses the same
DONE = """
SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1 AND pg_has_role(rolname, 'SET')
    AND has_table_privilege(rolname, 'users', 'DELETE')
    AND has_table_privilege(rolname, 'idempotency_keys', 'DELETE'))
"""
# Roles belong to all databases of a server, so another database's service may be quicker.
CREATE = """
DO $$ BEGIN CREATE ROLE {role} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
"""
EXISTS = "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)"
MEMBER = "SELECT pg_has_role($1, 'SET')"
RIGHTS = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON users, idempotency_keys TO {role};
GRANT SELECT ON schema_versions TO {role};
"""


async def grant(connection: asyncpg.Connection, role: str) -> None:
    """Make the role if there is none, and give it its rights; warn if that is not allowed.

    Args:
        connection: a connection of the user whose tables these are; it is to be closed
            afterwards, since it keeps the lock.
        role: its name, a plain identifier.
    """
    if await connection.fetchval(DONE, role):
        return
    await connection.execute("SELECT pg_advisory_lock($1)", LOCK)
    try:
        if not await connection.fetchval(EXISTS, role):
            await connection.execute(CREATE.format(role=role))
        if not await connection.fetchval(MEMBER, role):
            await connection.execute(f"GRANT {role} TO CURRENT_USER")
        await connection.execute(RIGHTS.format(role=role))
    except asyncpg.InsufficientPrivilegeError:
        logger.warning("may not create the role %s: the service works under its own user", role)
