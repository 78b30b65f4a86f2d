"""Checks exercise 1: a users API in memory."""

from types import ModuleType

import httpx

from exercises import Misconception, Wrong
from exercises.running import running

FASTAPI = "python/fastapi.md"
TYPES = "python/types_and_pydantic.md"

DEFAULT_STATUS = Misconception(
    "A route answers 200 until it is told otherwise.",
    "FastAPI does not derive the status from the method. The decorator takes status_code.",
    FASTAPI,
)
NOT_FOUND = Misconception(
    "Nothing there is an answer of its own, 404.",
    "A missing user is neither an empty success nor a fault of the server, and a client must be"
    " able to tell the three apart. Look before you use the id, and raise HTTPException(404).",
    FASTAPI,
)
OTHER_USER = Misconception(
    "The answer is the user as it is stored, with its id.",
    "A client reads from the answer what it has just made, and asks for it by that id.",
    FASTAPI,
)
FROM_COUNT = Misconception(
    "The number of users is not the next id.",
    "It falls when a user leaves, and then names an id that somebody still has. Count what you"
    " gave out, not what is left.",
    FASTAPI,
)
FROM_GREATEST = Misconception(
    "The greatest id that is left is not the greatest id there was.",
    "When the newest user leaves, the greatest id plus one is that user's id again. A late retry"
    " of the DELETE then hits a stranger. Remember what you gave out.",
    FASTAPI,
)
FREE_SLOT = Misconception(
    "A free id is not a free place.",
    "An id lives on in bookmarks, logs and retries after its owner is gone. A gap costs nothing;"
    " a number with two meanings does.",
    FASTAPI,
)
MERGED = Misconception(
    "PUT replaces; PATCH changes single fields.",
    "The body of a PUT is the whole new user. What it leaves out takes its default, as if the user"
    " had been created like that. Merging old and new fields is PATCH.",
    FASTAPI,
)
NEW_ID = Misconception(
    "PUT keeps the address, so it keeps the id.",
    "The id stands in the path. Whoever is replaced keeps it, or PUT would be a second POST.",
    FASTAPI,
)
FALSY_ZERO = Misconception(
    "Zero is a number, not a missing value.",
    "`limit or 20` takes 0 for nothing, as `||` does in JavaScript. The client asked for 0 and got"
    " 20, with a 200 that hides it. Give the parameter a default, and bounds.",
    TYPES,
)
NO_BOUNDS = Misconception(
    "A type is not a range.",
    "`int` lets every integer through. State the bounds where the parameter is declared, in"
    " Query(ge=…, le=…), and FastAPI answers 422 before your function runs.",
    FASTAPI,
)
OTHER_REFUSAL = Misconception(
    "The bounds belong into the signature, and 422 comes by itself.",
    "FastAPI refuses a value that breaks a declared rule with 422 and says which one. A check of"
    " your own inside the function answers something else, and /docs does not know of it.",
    FASTAPI,
)
NOT_LIMITED = Misconception(
    "A limit limits.",
    "Answer the first users in the order of their ids, and no more than were asked for.",
    FASTAPI,
)
STILL_THERE = Misconception(
    "Deleted means gone.",
    "After a DELETE was answered, nobody may find the user again.",
    FASTAPI,
)


async def test_create(solution: ModuleType) -> None:
    """POST answers 201 and the user with its id; GET finds it there, and 404 for any other id."""
    async with running(solution.app) as client:
        ada = {"username": "ada", "email": "ada@example.com", "bio": "first"}
        created = await client.post("/users", json=ada)
        if created.status_code != 201:
            raise Wrong(DEFAULT_STATUS, done="POST /users", came=said(created))
        if not isinstance(created.json(), dict) or not isinstance(created.json().get("id"), int):
            raise Wrong(OTHER_USER, done="POST /users", came=said(created))
        path = f"/users/{created.json()['id']}"
        found = await client.get(path)
        if found.status_code != 200 or found.json() != ada | {"id": created.json()["id"]}:
            raise Wrong(OTHER_USER, done=f"POST /users with {ada}, GET {path}", came=said(found))
        await expect_404(client, "GET", "/users/4711")


async def test_ids(solution: ModuleType) -> None:
    """An id is never used a second time, whoever is deleted."""
    async with running(solution.app) as client:
        ada, grace = await create(client, "ada"), await create(client, "grace")
        await client.delete(f"/users/{ada}")
        alan = await create(client, "alan")
        done = f"Created ada ({ada}) and grace ({grace}), deleted ada, created alan."
        if alan == grace:
            raise Wrong(FROM_COUNT, done=done, came=f"alan has id {alan}, and so has grace.")
        if alan == ada:
            raise Wrong(FREE_SLOT, done=done, came=f"alan has id {alan}, which was ada's.")
        await client.delete(f"/users/{alan}")
        joan = await create(client, "joan")
        done = f"Created grace ({grace}) and alan ({alan}), deleted alan, created joan."
        if joan in (alan, ada):
            raise Wrong(FROM_GREATEST, done=done, came=f"joan has id {joan}, which was taken.")
        for user in (grace, joan):
            await client.delete(f"/users/{user}")
        again = await create(client, "mary")
        if again in (ada, grace, alan, joan):
            done = "Deleted every user, and created one more."
            raise Wrong(FROM_GREATEST, done=done, came=f"Its id is {again}, which was taken.")


async def test_put(solution: ModuleType) -> None:
    """PUT replaces the whole user and keeps the id; it is 404 for an id that nobody has."""
    async with running(solution.app) as client:
        ada = await create(client, "ada")
        new = {"username": "ada2", "email": "ada2@example.com"}
        put = await client.put(f"/users/{ada}", json=new)
        found = await client.get(f"/users/{ada}")
        done = f"Created ada with a bio, then PUT /users/{ada} with username and email only."
        for answer in (put, found):
            if answer.status_code != 200:
                raise Wrong(NEW_ID, done=done, came=said(answer))
            if answer.json().get("bio") is not None:
                raise Wrong(MERGED, done=done, came=f"The old bio is still there: {answer.text}")
            if answer.json() != new | {"bio": None, "id": ada}:
                raise Wrong(NEW_ID, done=done, came=said(answer))
        await expect_404(client, "PUT", "/users/4711", new)


async def test_limit(solution: ModuleType) -> None:
    """GET /users answers at most limit users, by id; a limit of 0, -1 or 101 is 422."""
    async with running(solution.app) as client:
        ids = [await create(client, name) for name in ("ada", "grace", "alan")]
        for limit in (0, -1, 101):
            answer = await client.get("/users", params={"limit": limit})
            done = f"GET /users?limit={limit}, with three users"
            if answer.status_code == 422:
                continue
            if answer.status_code != 200:
                raise Wrong(OTHER_REFUSAL, done=done, came=said(answer))
            if limit == 0 and len(answer.json()) == 3:
                raise Wrong(FALSY_ZERO, done=done, came="Status 200 and all three users.")
            raise Wrong(NO_BOUNDS, done=done, came=said(answer))
        for limit, wanted in ((2, ids[:2]), (100, ids)):
            answer = await client.get("/users", params={"limit": limit})
            if answer.status_code != 200 or [user["id"] for user in answer.json()] != wanted:
                done = f"GET /users?limit={limit}, with three users"
                raise Wrong(NOT_LIMITED, done=done, came=said(answer))


async def test_delete(solution: ModuleType) -> None:
    """DELETE answers 204; after it, GET and a second DELETE answer 404."""
    async with running(solution.app) as client:
        path = f"/users/{await create(client, 'ada')}"
        deleted = await client.delete(path)
        if deleted.status_code != 204:
            raise Wrong(DEFAULT_STATUS, done=f"DELETE {path}", came=said(deleted))
        found = await client.get(path)
        if found.status_code == 200:
            raise Wrong(STILL_THERE, done=f"DELETE {path}, GET {path}", came=said(found))
        await expect_404(client, "GET", path)
        await expect_404(client, "DELETE", path)


async def create(client: httpx.AsyncClient, name: str) -> int:
    """Create a user with a bio and return its id."""
    new = {"username": name, "email": f"{name}@example.com", "bio": f"I am {name}"}
    created = await client.post("/users", json=new)
    if created.status_code != 201:
        raise Wrong(DEFAULT_STATUS, done="POST /users", came=said(created))
    return int(created.json()["id"])


async def expect_404(
    client: httpx.AsyncClient, method: str, path: str, body: dict[str, str] | None = None
) -> None:
    """Ask for something that is not there."""
    done = f"{method} {path}, which nobody has"
    try:
        answer = await client.request(method, path, json=body)
    except KeyError as problem:
        raise Wrong(NOT_FOUND, done=done, came=f"KeyError: {problem}") from problem
    if answer.status_code != 404:
        raise Wrong(NOT_FOUND, done=done, came=said(answer))


def said(answer: httpx.Response) -> str:
    """Return status and body of an answer."""
    return (
        f"Status {answer.status_code}: {answer.text}"
        if answer.text
        else (f"Status {answer.status_code}")
    )
