"""Two ASGI applications to compare the service with: the first draft's design, and almost nothing.

uvicorn tests.benchmarks.stacks:draft    the design that the service's tests reproduce
uvicorn tests.benchmarks.stacks:bare     one answer, no routing, no cache
"""

import os

from starlette.types import Receive, Scope, Send
from tests.user_service.draft import create_draft

BODY = b'{"id":1,"username":"user 1","email":"1@example.com"}'
HEADERS = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(BODY))]
draft = create_draft(os.environ["DATABASE_URL"], os.environ["REDIS_URL"])


async def bare(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer every request alike."""
    if scope["type"] == "lifespan":
        while True:
            kind = (await receive())["type"]
            await send({"type": f"{kind}.complete"})
            if kind == "lifespan.shutdown":
                return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": BODY})
