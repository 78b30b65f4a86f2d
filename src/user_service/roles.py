"""A database role that may read and write users, and may not change or drop a table.

The address names a user who may create tables. At start it makes this role; the connections that
serve requests then take it on (`connections.py`). So one address serves both, and a statement
smuggled into a request could not drop what it finds. Whoever keeps two accounts instead starts
the service once with the strong one, and after that with a weak one and `MIGRATE=never`.
"""

import logging

import asyncpg

logger = logging.getLogger("user_service.roles")
# Roles belong to all databases of a server, so another database's service may be quicker.
CREATE = """
DO $$ BEGIN CREATE ROLE {role} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
"""
JOIN = "GRANT {role} TO CURRENT_USER"
RIGHTS = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON users, idempotency_keys TO {role};
GRANT SELECT ON schema_versions TO {role};
"""
EXISTS = "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)"
MEMBER = "SELECT pg_has_role($1, 'SET')"


async def grant(connection: asyncpg.Connection, role: str) -> None:
    """Make the role if there is none, and give it its rights; warn if that is not allowed.

    Args:
        connection: a connection of the user whose tables these are.
        role: its name, a plain identifier.
    """
    try:
        if not await connection.fetchval(EXISTS, role):
            await connection.execute(CREATE.format(role=role))
        if not await connection.fetchval(MEMBER, role):
            await connection.execute(JOIN.format(role=role))
        await connection.execute(RIGHTS.format(role=role))
    except asyncpg.InsufficientPrivilegeError:
        logger.warning("may not create the role %s: the service works under its own user", role)
