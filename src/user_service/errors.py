"""What can go wrong, and how it is told to a client: problem details (RFC 9457).

    ServiceError
    ├── NotFound      404
    ├── Duplicate     409
    └── Unavailable   503, with Retry-After

`CannotStart` stands apart: it ends the program before there is a client.
"""

import json
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

import asyncpg
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException

# OSError includes TimeoutError. InterfaceError: the connection has been closed under us.
AWAY = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
)
NOTHING_DONE = "No database connection was free in time. Nothing was changed."
UNKNOWN = "The database did not answer. A change may have been made, or not."
PROBLEM = "application/problem+json"
TITLES = {status.value: status.phrase for status in HTTPStatus}
TITLES[422] = "Unprocessable Content"  # RFC 9110; Python 3.12 and older have another name


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


class Problem(BaseModel):
    """The body of every error (RFC 9457, section 3.1)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


def problem(
    status: int, detail: str, *, headers: dict[str, str] | None = None, **members: object
) -> Response:
    """Build the answer that tells a client what went wrong.

    Args:
        status: the status code; the title is its standard phrase.
        detail: what happened this time, in a sentence.
        headers: headers of the answer.
        members: extension members (RFC 9457, section 3.2).
    """
    body = Problem(title=TITLES[status], status=status, detail=detail)
    # json.dumps escapes what UTF-8 cannot hold: an error may quote half a surrogate pair.
    text = json.dumps(body.model_dump() | members)
    return Response(text, status, headers, media_type=PROBLEM)


def documented(*statuses: int) -> dict[int | str, dict[str, object]]:
    """Describe problem answers for OpenAPI.

    Args:
        statuses: the status codes a route may answer with, for its argument `responses`.
    """
    content = {PROBLEM: {"schema": Problem.model_json_schema()}}
    return {status: {"description": TITLES[status], "content": content} for status in statuses}


async def _service_error(_: Request, error: ServiceError) -> Response:
    return problem(error.status, str(error), headers=error.headers, **error.members)


async def _invalid(_: Request, error: RequestValidationError) -> Response:
    faults = [{name: fault[name] for name in ("loc", "msg", "type")} for fault in error.errors()]
    return problem(422, "The request does not fit the schema.", errors=faults)


async def _http_error(_: Request, error: HTTPException) -> Response:
    return problem(error.status_code, error.detail, headers=dict(error.headers or {}))


async def _unexpected(_: Request, __: Exception) -> Response:
    return problem(500, "The service made a mistake. It has been logged.")


HANDLERS: dict[int | type[Exception], Callable[..., Coroutine[Any, Any, Response]]] = {
    ServiceError: _service_error,
    RequestValidationError: _invalid,
    HTTPException: _http_error,
    Exception: _unexpected,
}
"""Which function answers which error, for FastAPI's argument `exception_handlers`."""
