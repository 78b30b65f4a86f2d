"""Two questions of whoever runs the service: is the process alive, and may it get requests?"""

import asyncio
from collections.abc import Coroutine
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

router = APIRouter(tags=["health"])
PATIENCE = 0.5  # seconds to wait for a dependency
Dependency = Literal["up", "down"]
Status = Literal["ready", "draining"]


class Alive(BaseModel):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Ready(BaseModel):
    """Whether the service takes requests, and how its dependencies are.

    A dependency that is down does not make the service unready: it would be unready in all its
    copies at once, and answers that need no database would end with the others.
    """

    status: Status
    database: Dependency
    cache: Dependency


@router.get("/livez")
async def livez() -> Alive:
    """Answer, as long as the process can."""
    return Alive()


# --8<-- [start:ready]
@router.get("/readyz", responses={503: {"model": Ready}})
async def readyz(request: Request, response: Response) -> Ready:
    """Answer 200 until draining begins, whatever else is down."""
    database, cache = await asyncio.gather(
        state_of(request.state.database.fetch("SELECT 1")),
        state_of(request.state.cache.store.ask("PING")),
    )
    draining = getattr(request.app.state, "draining", False)
    response.status_code = 503 if draining else 200
    status: Status = "draining" if draining else "ready"
    return Ready(status=status, database=database, cache=cache)


# --8<-- [end:ready]


async def state_of(question: Coroutine[object, object, object]) -> Dependency:
    """Say whether a dependency answers within half a second.

    Args:
        question: what to ask it; any error counts as no answer.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            await question
    except Exception:  # noqa: BLE001 — whatever it is, the answer is no
        return "down"
    return "up"
