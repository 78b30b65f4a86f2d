"""Idempotency-Key: a POST that is sent twice is done once, and answered twice alike.

The key, and what became of it, are written in the transaction that creates the user: there is
never the one without the other. A second request with the key, at the same time, waits for the
first at the table's primary key. The header is described in an Internet-Draft that expired in
April 2026 (draft-ietf-httpapi-idempotency-key-header); it would answer 409 in place of waiting.
Only a success is remembered: a request that failed may be sent again and may then succeed.
Of the user nothing but the id is kept, and for a day.
"""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Annotated, Protocol

import asyncpg
from fastapi import Header

from user_service.errors import KeyUsed
from user_service.models import NewUser, User

FORGET = """
DELETE FROM idempotency_keys WHERE key IN (
    SELECT key FROM idempotency_keys WHERE created_at < now() - interval '1 day'
    ORDER BY created_at LIMIT 10 FOR UPDATE SKIP LOCKED)
"""
CLAIM = """
INSERT INTO idempotency_keys (key, fingerprint) VALUES ($1, $2)
ON CONFLICT DO NOTHING RETURNING key
"""
REMEMBER = "UPDATE idempotency_keys SET user_id = $2 WHERE key = $1"
RECALL = "SELECT fingerprint, user_id FROM idempotency_keys WHERE key = $1"

IdempotencyKey = Annotated[
    str,
    Header(
        default_factory=str,  # an empty one stands for "not sent", and is refused if it was
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="A name of the client's choosing for this request: sent again, done once.",
        examples=["8e03978e-40d5-43dd-bc93-6894a57f9324"],
    ),
]


class Runs(Protocol):
    """What runs a statement: the pool, or one connection in a transaction."""

    async def fetch(self, sql: str, /, *values: object) -> list[asyncpg.Record]:
        """Run a statement and return its rows."""


# --8<-- [start:once]
async def once(
    transaction: Runs, key: str, new: NewUser, create: Callable[[Runs, NewUser], Awaitable[User]]
) -> User:
    """Create a user, or return the one that was created under this key.

    Args:
        transaction: where everything or nothing is done.
        key: the client's name for its request.
        new: the user to create.
        create: creates it.

    Raises:
        KeyUsed: the key came with another user before.
        Exception: whatever `create` raises; the key is then free again.
    """
    fingerprint = hashlib.sha256(new.model_dump_json().encode()).digest()
    await transaction.fetch(FORGET)
    if await transaction.fetch(CLAIM, key, fingerprint):
        user = await create(transaction, new)
        await transaction.fetch(REMEMBER, key, user.id)
        return user
    known = (await transaction.fetch(RECALL, key))[0]
    if known["fingerprint"] != fingerprint:
        raise KeyUsed("This Idempotency-Key came with another body before.")
    return User(id=known["user_id"], username=new.username, email=new.email)  # as it was then


# --8<-- [end:once]
