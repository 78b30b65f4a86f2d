"""What can go wrong, each with the status code that tells a client.

    ServiceError
    ├── NotFound            404
    ├── Duplicate           409
    ├── Changed             412
    ├── KeyUsed             422
    ├── TooManyRequests     429, with Retry-After
    └── Unavailable         503, with Retry-After

`CannotStart` stands apart: it ends the program before there is a client.
"""

from http import HTTPStatus

import asyncpg

# OSError includes TimeoutError. InterfaceError: the connection has been closed under us.
LOST = (ConnectionError, asyncpg.InterfaceError, asyncpg.PostgresConnectionError)
AWAY = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.ReadOnlySQLTransactionError,  # a standby: what was the primary is so no more
)
NOTHING_DONE = "No database connection was free in time. Nothing was changed."
COLLIDED = "This change and another one stood in each other's way. Nothing was changed."
UNKNOWN = "The database did not answer. A change may have been made, or not."


class CannotStart(Exception):
    """The service cannot start; the message is one sentence for the person who started it."""


class ServiceError(Exception):
    """An error with a status code of its own.

    Attributes:
        status: the status code of the answer.
        members: further members of the problem, beside those of RFC 9457.
        headers: headers of the answer.
    """

    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, detail: str, **members: str) -> None:
        super().__init__(detail)
        self.members = members
        self.headers: dict[str, str] = {}


class NotFound(ServiceError):
    """There is no such user: 404 (RFC 9110, section 15.5.5)."""

    status = HTTPStatus.NOT_FOUND


class Duplicate(ServiceError):
    """Another user has this username or email: 409 (RFC 9110, section 15.5.10)."""

    status = HTTPStatus.CONFLICT


class Changed(ServiceError):
    """The user is not the version that If-Match names: 412 (RFC 9110, section 13.1.1)."""

    status = HTTPStatus.PRECONDITION_FAILED


class KeyUsed(ServiceError):
    """The idempotency key came with another body before: 422."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TooManyRequests(ServiceError):
    """The client asks too often: 429 with Retry-After (RFC 6585, section 4).

    Args:
        detail: how much is allowed.
        retry_after: seconds after which to try again.
    """

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail)
        self.headers = {"Retry-After": str(retry_after)}


class Unavailable(ServiceError):
    """The database is away or busy: 503 with Retry-After (RFC 9110, section 15.6.4).

    Args:
        detail: what failed, and whether something may have been changed.
        retry_after: seconds after which to try again.
    """

    status = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self, detail: str, retry_after: int = 1) -> None:
        super().__init__(detail)
        self.headers = {"Retry-After": str(retry_after)}
