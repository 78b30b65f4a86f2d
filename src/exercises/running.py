"""A reader's app, started and stopped in this process, and a client for it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import Receive, Scope, Send


@asynccontextmanager
async def running(app: "FastAPI") -> AsyncIterator[httpx.AsyncClient]:
    """Start `app` (its lifespan), yield a client that calls it directly, and stop it.

    What an endpoint raises comes out of the client's call, so that its line can be named.
    """
    async with app.router.lifespan_context(app) as state:

        async def with_state(scope: "Scope", receive: "Receive", send: "Send") -> None:
            await app({**scope, "state": dict(state or {})}, receive, send)

        transport = httpx.ASGITransport(with_state)
        async with httpx.AsyncClient(transport=transport, base_url="http://exercise") as client:
            yield client
