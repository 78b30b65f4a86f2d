"""What can be done with users: SQL, the cache beside it, and the errors they turn into."""

import asyncpg

from user_service.cache import Cache
from user_service.database import Database
from user_service.errors import Duplicate, NotFound
from user_service.models import NewUser, User, UserPage, UserPatch

INSERT = "INSERT INTO users (username, email) VALUES ($1, $2) RETURNING id, username, email"
SELECT = "SELECT id, username, email FROM users WHERE id = $1"
DELETE = "DELETE FROM users WHERE id = $1 RETURNING id, username, email"
CHANGE = """
UPDATE users SET username = coalesce($2, username), email = coalesce($3, email)
WHERE id = $1 RETURNING id, username, email
"""
PAGE = "SELECT id, username, email FROM users WHERE id > $1 ORDER BY id LIMIT $2"
UNIQUE = {"users_username_key": "username", "users_email_key": "email"}


class Users:
    """The users: kept in the database, read through the cache.

    Every method raises `Unavailable` when it needs the database and does not get it.

    Args:
        database: where users are kept.
        cache: where copies of them are.
    """

    def __init__(self, database: Database, cache: Cache) -> None:
        self._database = database
        self._cache = cache

    async def create(self, new: NewUser) -> User:
        """Add a user.

        Args:
            new: the username and the email.

        Raises:
            Duplicate: the username or the email is taken.
        """
        [user] = await self._fetch(INSERT, new.username, new.email)
        await self._cache.invalidate(user.id)  # it may remember: no such user
        return user

    async def get(self, user_id: int) -> User:
        """Return a user, from the cache if it has one.

        Args:
            user_id: whom to look for.

        Raises:
            NotFound: there is no such user.
        """
        user = await self._cache.read(user_id, self._load)
        if user is None:
            raise NotFound(f"There is no user {user_id}.")
        return user

    async def replace(self, user_id: int, new: NewUser) -> User:
        """Give a user a new username and email.

        Args:
            user_id: whom to change.
            new: what both fields become.

        Raises:
            NotFound: there is no such user.
            Duplicate: the username or the email is taken.
        """
        return await self._change(CHANGE, user_id, new.username, new.email)

    async def patch(self, user_id: int, patch: UserPatch) -> User:
        """Change some fields of a user.

        Args:
            user_id: whom to change.
            patch: the fields that change.

        Raises:
            NotFound: there is no such user.
            Duplicate: the username or the email is taken.
        """
        sent = patch.model_dump(exclude_unset=True)
        return await self._change(CHANGE, user_id, sent.get("username"), sent.get("email"))

    async def delete(self, user_id: int) -> None:
        """Remove a user.

        Args:
            user_id: whom to remove.

        Raises:
            NotFound: there is no such user.
        """
        await self._change(DELETE, user_id)

    async def page(self, after: int, limit: int) -> UserPage:
        """Return a page of the list, straight from the database.

        Args:
            after: the id after which the page begins.
            limit: users at most.
        """
        users = await self._fetch(PAGE, after, limit + 1)
        more = len(users) > limit
        return UserPage(users=users[:limit], next_after=users[limit - 1].id if more else None)

    # --8<-- [start:change]
    async def _change(self, sql: str, user_id: int, *new: str | None) -> User:
        try:
            users = await self._fetch(sql, user_id, *new)
        finally:
            await self._cache.invalidate(user_id)
        if not users:
            raise NotFound(f"There is no user {user_id}.")
        return users[0]

    # --8<-- [end:change]

    async def _load(self, user_id: int) -> User | None:
        users = await self._fetch(SELECT, user_id)
        return users[0] if users else None

    # --8<-- [start:fetch]
    async def _fetch(self, sql: str, *values: str | int | None) -> list[User]:
        try:
            rows = await self._database.fetch(sql, *values)
        except asyncpg.UniqueViolationError as error:
            field = UNIQUE[error.constraint_name or ""]
            raise Duplicate(f"This {field} is taken.", field=field) from error
        return [User(**row) for row in rows]

    # --8<-- [end:fetch]
