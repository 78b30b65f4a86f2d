"""No request body of more than 64 KiB is read, whether its length is announced or not."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from user_service.problems import problem

LIMIT = 64 * 1024
DETAIL = f"A body has at most {LIMIT} bytes."


class BodyLimit:
    """Answers 413 (RFC 9110, section 15.5.14): pure ASGI middleware.

    Args:
        app: what answers all other requests.
        limit: bytes.
    """

    def __init__(self, app: ASGIApp, limit: int = LIMIT) -> None:
        self._app, self._limit = app, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and count the bytes of its body as they come."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced[:18]) > self._limit:
            await problem(413, DETAIL)(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limit:
                raise HTTPException(413, DETAIL)
            return message

        await self._app(scope, counted, send)
