"""What stands under a user's key: a version, a space, the user as JSON; or `null`; or a lease."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from user_service.models import User

NOBODY, LEASE = b"null", b"lease:"
# --8<-- [start:settle]
SETTLE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == '' then return redis.call('DEL', KEYS[1]) end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
return 1
"""
# --8<-- [end:settle]
USER = TypeAdapter(User)


@dataclass(frozen=True, slots=True)
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
    return NOBODY if user is None else b"%d %b" % (user.version, USER.dump_json(user))


def decode(raw: bytes, user_id: int) -> Hit | None:
    """Read an entry; a lease is none.

    Args:
        raw: what the cache holds.
        user_id: whose entry it should be.

    Raises:
        ValueError: it is no entry, or another user's.
    """
    if raw == NOBODY or raw.startswith(LEASE):
        return Hit(None) if raw == NOBODY else None
    version, _, body = raw.partition(b" ")
    user = USER.validate_json(body)
    if user.id != user_id:
        raise ValueError("another user's entry")
    user.version = int(version)
    return Hit(user)


def etag(user: User) -> str:
    """Name this version of a user: a strong entity tag (RFC 9110, section 8.8.3).

    Args:
        user: the user.
    """
    return f'"{user.version}"'
