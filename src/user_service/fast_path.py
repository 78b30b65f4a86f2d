"""The short way for the request that comes most often: reading a user.

It answers what the route in `routes.py` would: the same status, headers and body, without the
time that routing, validation and dependencies take. The route stands in the OpenAPI document;
without this file every request takes it.
"""

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from user_service.entries import USER, etag
from user_service.errors import ServiceError
from user_service.problems import told

ADDRESS = re.compile(r"/users/([1-9][0-9]{0,14})", re.ASCII)


class ShortWay:
    """Answers `GET /users/{id}`: pure ASGI middleware.

    Args:
        app: what answers all other requests.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    # --8<-- [start:short]
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        found = ADDRESS.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if found is None or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        scope["route"] = "/users/{user_id}"
        try:
            user = await scope["state"]["users"].get(int(found[1]))
        except ServiceError as error:
            await told(error)(scope, receive, send)
            return
        body = USER.dump_json(user)
        headers = [
            (b"etag", etag(user).encode()),
            (b"content-length", b"%d" % len(body)),
            (b"content-type", b"application/json"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    # --8<-- [end:short]
