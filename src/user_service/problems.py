"""How an error is told to a client: problem details (RFC 9457), whoever has raised it."""

import json
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match

from user_service.errors import ServiceError

MEDIA_TYPE = "application/problem+json"
OURS = "The service made a mistake. It has been logged."
TITLES = {status.value: status.phrase for status in HTTPStatus}
TITLES |= {413: "Content Too Large", 422: "Unprocessable Content"}  # RFC 9110; Python's are older


class Fault(BaseModel):
    """One thing that is wrong with a request, as Pydantic names it."""

    loc: list[str | int]
    msg: str
    type: str


class Problem(BaseModel):
    """The body of every error (RFC 9457, section 3.1).

    Attributes:
        field: with 409: which field is taken.
        errors: with 422: each fault.
    """

    type: str = "about:blank"
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    field: str | None = None
    errors: list[Fault] | None = None


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
    title = TITLES.get(status, "Error")
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    # json.dumps escapes what UTF-8 cannot hold: an error may quote half a surrogate pair.
    return Response(json.dumps(body | members), status, headers, media_type=MEDIA_TYPE)


def told(error: ServiceError) -> Response:
    """Build the answer for an error of the service.

    Args:
        error: what was raised.
    """
    return problem(error.status, str(error), headers=error.headers, **error.members)


async def _service_error(_: Request, error: ServiceError) -> Response:
    return told(error)


async def _invalid(_: Request, error: RequestValidationError) -> Response:
    faults = [{name: fault[name] for name in ("loc", "msg", "type")} for fault in error.errors()]
    return problem(422, "The request does not fit the schema.", errors=faults)


async def _http_error(request: Request, error: HTTPException) -> Response:
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(sorted(_allowed(request)))
    return problem(error.status_code, error.detail, headers=headers)


def _allowed(request: Request) -> set[str]:
    """Return the methods of all routes with this address: Starlette names those of the first."""
    return {
        method
        for method in ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
        for route in request.app.routes
        if route.matches({**request.scope, "method": method})[0] is Match.FULL
    }


HANDLERS: dict[int | type[Exception], Callable[..., Coroutine[Any, Any, Response]]] = {
    ServiceError: _service_error,
    RequestValidationError: _invalid,
    HTTPException: _http_error,
}
"""Which function answers which error; any other is a mistake of ours (logs.py answers 500)."""
