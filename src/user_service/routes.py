"""The addresses of the API: what a request may hold, and which status it is answered with."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from user_service.entries import etag
from user_service.idempotency import IdempotencyKey
from user_service.models import MAX_ID, NewUser, User, UserPage, UserPatch
from user_service.openapi import ETAG, LOCATION, documented, tells
from user_service.preconditions import Versions
from user_service.users import Users

CHANGE = tells(200, ETAG) | documented(400, 404, 409, 412, 413)
router = APIRouter(prefix="/users", tags=["users"], responses=documented(422, 429, 503))


async def _users(request: Request) -> Users:
    users: Users = request.state.users  # the lifespan put it there
    return users


Service = Annotated[Users, Depends(_users)]
UserId = Annotated[int, Path(ge=1, le=MAX_ID, description="Up to 2^53 - 1: what JSON can count.")]
After = Annotated[int, Query(ge=0, le=MAX_ID, description="The last id of the page before.")]
Limit = Annotated[int, Query(ge=1, le=100)]


# --8<-- [start:create]
@router.post("", status_code=201, responses=tells(201, ETAG, LOCATION) | documented(400, 409, 413))
async def create_user(new: NewUser, users: Service, out: Response, key: IdempotencyKey) -> User:
    """Create a user; `Location` says where it is."""
    user = await users.create(new, key)
    out.headers["Location"] = f"/users/{user.id}"
    return tagged(user, out)


@router.get("/{user_id}", responses=tells(200, ETAG) | documented(404))
async def read_user(user_id: UserId, users: Service, out: Response) -> User:
    """Return a user."""
    return tagged(await users.get(user_id), out)


# --8<-- [end:create]


@router.get("")
async def list_users(users: Service, after: After = 0, limit: Limit = 20) -> UserPage:
    """Return users in the order of their ids, from the first one after `after`."""
    return await users.page(after, limit)


@router.put("/{user_id}", responses=CHANGE)
async def replace_user(
    user_id: UserId, new: NewUser, users: Service, out: Response, match: Versions
) -> User:
    """Replace a user's username and email."""
    return tagged(await users.replace(user_id, new, match), out)


@router.patch("/{user_id}", responses=CHANGE)
async def patch_user(
    user_id: UserId, patch: UserPatch, users: Service, out: Response, match: Versions
) -> User:
    """Change the fields that are sent."""
    return tagged(await users.patch(user_id, patch, match), out)


@router.delete("/{user_id}", status_code=204, responses=documented(404, 412))
async def delete_user(user_id: UserId, users: Service, match: Versions) -> None:
    """Delete a user."""
    await users.delete(user_id, match)


def tagged(user: User, out: Response) -> User:
    """Send the user's version along."""
    out.headers["ETag"] = etag(user)
    return user
