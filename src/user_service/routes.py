"""The addresses of the API: what a request may hold, and which status it is answered with."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from user_service.errors import documented
from user_service.models import MAX_ID, NewUser, User, UserPage, UserPatch
from user_service.users import Users

router = APIRouter(prefix="/users", tags=["users"], responses=documented(422, 503))


async def _users(request: Request) -> Users:
    users: Users = request.state.users  # the lifespan put it there
    return users


Service = Annotated[Users, Depends(_users)]
UserId = Annotated[int, Path(ge=1, le=MAX_ID)]
After = Annotated[int, Query(ge=0, le=MAX_ID)]
Limit = Annotated[int, Query(ge=1, le=100)]


# --8<-- [start:create]
@router.post("", status_code=201, responses=documented(409))
async def create_user(new: NewUser, users: Service, out: Response) -> User:
    """Create a user; `Location` says where it is."""
    user = await users.create(new)
    out.headers["Location"] = f"/users/{user.id}"
    return user


@router.get("/{user_id}", responses=documented(404))
async def read_user(user_id: UserId, users: Service) -> User:
    """Return a user."""
    return await users.get(user_id)


# --8<-- [end:create]


@router.get("")
async def list_users(users: Service, after: After = 0, limit: Limit = 20) -> UserPage:
    """Return users in the order of their ids, from the first one after `after`."""
    return await users.page(after, limit)


@router.put("/{user_id}", responses=documented(404, 409))
async def replace_user(user_id: UserId, new: NewUser, users: Service) -> User:
    """Replace a user's username and email."""
    return await users.replace(user_id, new)


@router.patch("/{user_id}", responses=documented(404, 409))
async def patch_user(user_id: UserId, patch: UserPatch, users: Service) -> User:
    """Change the fields that are sent."""
    return await users.patch(user_id, patch)


@router.delete("/{user_id}", status_code=204, responses=documented(404))
async def delete_user(user_id: UserId, users: Service) -> None:
    """Delete a user."""
    await users.delete(user_id)
