"""What can be done with users: SQL, the cache beside it, and the errors they turn into."""

import asyncpg

from user_service.cache import Cache
from user_service.database import Database
from user_service.errors import Changed, Duplicate, NotFound
from user_service.idempotency import Runs, once
from user_service.models import NewUser, User, UserPage, UserPatch

INSERT = """
INSERT INTO users (username, email) VALUES ($1, $2) RETURNING id, username, email, version
"""
SELECT = "SELECT id, username, email, version FROM users WHERE id = $1"
PAGE = "SELECT id, username, email, version FROM users WHERE id > $1 ORDER BY id LIMIT $2"
# --8<-- [start:versions]
CHANGE = """
UPDATE users SET username = coalesce($3, username), email = coalesce($4, email),
    version = version + 1
WHERE id = $1 AND ($2::bigint[] IS NULL OR version = ANY ($2))
RETURNING id, username, email, version
"""
# --8<-- [end:versions]
DELETE = """
DELETE FROM users WHERE id = $1 AND ($2::bigint[] IS NULL OR version = ANY ($2))
RETURNING id, username, email, version
"""
UNIQUE = {"users_username_key": "username", "users_email_key": "email"}
Match = list[int] | None


class Users:
    """The users: kept in the database, read through the cache.

    Every method raises `Unavailable` when it needs the database and does not get it. The three
    that change a user take `match`, the versions that may be changed (None: any), and raise
    `NotFound` when there is no such user and `Changed` when it has another version.

    Args:
        database: where users are kept.
        cache: where copies of them are.
    """

    def __init__(self, database: Database, cache: Cache) -> None:
        self._database, self._cache = database, cache

    async def create(self, new: NewUser, key: str = "") -> User:
        """Add a user; with a key, once for all requests that bring it.

        Raises:
            Duplicate: the username or the email is taken.
            KeyUsed: the key came with another user before.
        """
        if not key:
            user = await _insert(self._database, new)
        else:
            async with self._database.transaction() as transaction:
                user = await once(transaction, key, new, _insert)
        await self._cache.invalidate(user.id)  # it may remember: no such user
        return user

    async def get(self, user_id: int) -> User:
        """Return a user, from the cache if it has one, or raise `NotFound`."""
        user = await self._cache.read(user_id, self._load)
        if user is None:
            raise NotFound(f"There is no user {user_id}.")
        return user

    async def replace(self, user_id: int, new: NewUser, match: Match = None) -> User:
        """Give a user a new username and email, or raise `Duplicate`."""
        return await self._change(CHANGE, user_id, match, new.username, new.email)

    async def patch(self, user_id: int, patch: UserPatch, match: Match = None) -> User:
        """Change the fields of a user that were sent, or raise `Duplicate`."""
        sent = patch.model_dump(exclude_unset=True)
        return await self._change(CHANGE, user_id, match, sent.get("username"), sent.get("email"))

    async def delete(self, user_id: int, match: Match = None) -> None:
        """Remove a user."""
        await self._change(DELETE, user_id, match)

    async def page(self, after: int, limit: int) -> UserPage:
        """Return a page of the list, from the first id after `after`, out of the database."""
        rows = await self._database.read(PAGE, after, limit + 1)
        users = [User(**row) for row in rows]
        more = len(users) > limit
        return UserPage(users=users[:limit], next_after=users[limit - 1].id if more else None)

    # --8<-- [start:change]
    async def _change(self, sql: str, user_id: int, match: Match, *new: str | None) -> User:
        users: list[User] = []
        try:
            users = await _fetch(self._database, sql, user_id, match, *new)
        finally:
            await self._cache.invalidate(user_id, gone=bool(users) and sql == DELETE)
        if users:
            return users[0]
        if match is not None and await self._load(user_id):
            raise Changed("The user has changed since the version that If-Match names.")
        raise NotFound(f"There is no user {user_id}.")

    # --8<-- [end:change]

    async def _load(self, user_id: int) -> User | None:
        rows = await self._database.read(SELECT, user_id)
        return User(**rows[0]) if rows else None


async def _insert(database: Runs, new: NewUser) -> User:
    return (await _fetch(database, INSERT, new.username, new.email))[0]


# --8<-- [start:fetch]
async def _fetch(database: Runs, sql: str, *values: object) -> list[User]:
    try:
        rows = await database.fetch(sql, *values)
    except asyncpg.UniqueViolationError as error:
        field = UNIQUE[error.constraint_name or ""]
        raise Duplicate(f"This {field} is taken.", field=field) from error
    return [User(**row) for row in rows]


# --8<-- [end:fetch]
