"""What the OpenAPI document says that FastAPI cannot know: headers, and the shape of errors."""

from typing import Any

from fastapi import FastAPI

from user_service.problems import MEDIA_TYPE, TITLES, Problem

ETAG, LOCATION = ("ETag", "The user's version."), ("Location", "Where the user is.")


def tells(status: int, *headers: tuple[str, str]) -> dict[int | str, dict[str, Any]]:
    """Describe the headers of a good answer for OpenAPI.

    Args:
        status: its status code.
        headers: their names and what they say.
    """
    text = {"type": "string"}
    described = {name: {"description": what, "schema": text} for name, what in headers}
    return {status: {"headers": described}}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe problem answers for OpenAPI.

    Args:
        statuses: the status codes a route may answer with, for its argument `responses`.
    """
    return {status: _description(status) for status in statuses}


def _description(status: int) -> dict[str, Any]:
    example = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": "…"}
    schema = {"$ref": "#/components/schemas/Problem"}
    described = {
        "description": TITLES[status],
        "content": {MEDIA_TYPE: {"schema": schema, "example": example}},
    }
    if status in {429, 503}:
        seconds = {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}
        described["headers"] = {"Retry-After": seconds}
    return described


def describe_problems(app: FastAPI) -> None:
    """Put the schema of `Problem` into the app's OpenAPI document, in place of FastAPI's own.

    Args:
        app: the service.
    """
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        document = generate()
        schemas: dict[str, Any] = document["components"]["schemas"]
        place = "#/components/schemas/{model}"
        ours = Problem.model_json_schema(ref_template=place)
        schemas |= ours.pop("$defs") | {"Problem": ours}
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        return document

    app.openapi = openapi  # type: ignore[method-assign]
