"""What an entry of the cache looks like: a user as JSON, or `null` for nobody."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from user_service.models import User

ENTRY: TypeAdapter[User | None] = TypeAdapter(User | None)


@dataclass(frozen=True)
class Hit:
    """What the cache knows: a user, or that there is none.

    Attributes:
        user: the user; None says that nobody has this id.
    """

    user: User | None


def encode(user: User | None) -> bytes:
    """Write an entry.

    Args:
        user: the user, or None if nobody has the id.
    """
    return ENTRY.dump_json(user)


def decode(raw: bytes, user_id: int) -> Hit:
    """Read an entry.

    Args:
        raw: what the cache holds.
        user_id: whose entry it should be.

    Raises:
        ValueError: it is no entry, or another user's.
    """
    user = ENTRY.validate_json(raw)
    if user is not None and user.id != user_id:
        raise ValueError("another user's entry")
    return Hit(user)
