"""A line of JSON for each event, with the id of its request and without personal data.

No address, no name, no query string and no body gets into a line; a user appears as a number, and
an error as its type and the lines of code it came through, because its message may quote a value.
"""

import json
import logging
import random
import re
import sys
import time
import traceback
from contextvars import ContextVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from user_service.problems import OURS, problem

ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being answered."""
logger = logging.getLogger("user_service.requests")


class JsonLines(logging.Formatter):
    """Writes a log record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line.

        Args:
            record: what happened.
        """
        event: dict[str, object] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if identity := request_id.get():
            event["request_id"] = identity
        event |= getattr(record, "event", {})
        if record.exc_info and record.exc_info[1]:
            event |= described(record.exc_info[1])
        return json.dumps(event)


# --8<-- [start:described]
def described(error: BaseException) -> dict[str, object]:
    """Name an error's type, and the lines it came through, without its message.

    Args:
        error: what was raised.
    """
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }


# --8<-- [end:described]


def write_json_lines(level: str) -> None:
    """Write all messages of this program to standard error, as lines of JSON.

    Args:
        level: the least important ones that are written.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)


class RequestLog:
    """Gives each request an id, logs how it was answered, and answers 500 for our mistakes.

    A client's `X-Request-Id` is taken over if it is a plain word: one id through several services.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        identity = _identity(scope)
        mark = request_id.set(identity)
        started, status = time.perf_counter(), 0

        async def with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", identity.encode())]
            await send(message)

        try:
            await self._app(scope, receive, with_id)
        except Exception:
            logger.exception("mistake of ours")
            if status:  # half an answer has been sent: only breaking off tells the client
                raise
            await problem(500, OURS)(scope, receive, with_id)
        finally:
            if logger.isEnabledFor(logging.INFO):
                _log(scope, status, time.perf_counter() - started)
            request_id.reset(mark)


def route_of(scope: Scope) -> str:
    """Return the pattern of the address, such as /users/{user_id}: no ids, and few of them.

    Args:
        scope: the request, after it has been answered.
    """
    route = scope.get("route", "")
    return str(getattr(route, "path", route)) or "unknown"


def _identity(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and ID.fullmatch(value):
            return str(value, "ascii")
    return f"{random.getrandbits(64):016x}"


def _log(scope: Scope, status: int, seconds: float) -> None:
    event = {"method": scope["method"], "route": route_of(scope), "status": status}
    logger.info("request", extra={"event": event | {"ms": round(seconds * 1000, 2)}})
