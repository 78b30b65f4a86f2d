"""ETag and If-Match: of two who change what both have seen, the second is told."""

import asyncio

import httpx
import pytest
from tests.user_service.support import ADA, is_problem

from local_servers import Addresses

pytestmark = pytest.mark.anyio
NEW = {"username": "ada", "email": "new@example.com"}


@pytest.fixture
def addresses(emptied: Addresses) -> Addresses:
    return emptied


async def test_a_change_makes_a_new_version(client: httpx.AsyncClient, ada: str) -> None:
    seen = [(await client.get(ada)).headers["etag"] for _ in ("database", "cache")]
    assert seen == ['"1"', '"1"']
    put = await client.put(ada, json=NEW)
    patched = await client.patch(ada, json={"username": "eve"})
    assert [put.headers["etag"], patched.headers["etag"]] == ['"2"', '"3"']
    assert [(await client.get(ada)).headers["etag"] for _ in "12"] == ['"3"', '"3"']


async def test_the_short_way_answers_like_the_long_one(client: httpx.AsyncClient, ada: str) -> None:
    loaded, cached = await client.get(ada), await client.get(ada)
    assert loaded.content == cached.content
    for answer in (loaded, cached):
        assert len(answer.headers.pop("x-request-id")) == 16
    assert loaded.headers == cached.headers


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    ("tags", "status"),
    [
        ('"1"', 200),
        ("*", 200),
        ('"7", "1"', 200),
        ('"1" ,  W/"7"', 200),
        ('"2"', 412),
        ('W/"1"', 412),  # a weak tag never matches
        ('"one"', 412),
        ('"' + "9" * 30 + '"', 412),
        ("1", 422),
        ('"1', 422),
        ("", 422),
    ],
)
async def test_if_match(
    client: httpx.AsyncClient, ada: str, method: str, tags: str, status: int
) -> None:
    body = None if method == "DELETE" else NEW
    answer = await client.request(method, ada, json=body, headers={"If-Match": tags})
    if status == 200:
        assert answer.is_success
    else:
        assert is_problem(answer, status)
        assert (await client.get(ada)).json() == {"id": 1} | ADA


@pytest.mark.parametrize("tags", ["*", '"1"'])
async def test_if_match_of_nobody_is_404(client: httpx.AsyncClient, tags: str) -> None:
    answer = await client.put("/users/7", json=ADA, headers={"If-Match": tags})
    assert is_problem(answer, 404)


async def test_of_twenty_who_saw_the_same_version_one_wins(
    client: httpx.AsyncClient, ada: str
) -> None:
    seen = {"If-Match": (await client.get(ada)).headers["etag"]}
    patches = [{"email": f"{number}@example.com"} for number in range(20)]
    answers = await asyncio.gather(
        *(client.patch(ada, json=patch, headers=seen) for patch in patches)
    )
    statuses = [answer.status_code for answer in answers]
    assert sorted(statuses) == [200] + [412] * 19
    winner = patches[statuses.index(200)]
    assert (await client.get(ada)).json()["email"] == winner["email"]


async def test_two_who_swap_their_names_are_no_mistake_of_ours(client: httpx.AsyncClient) -> None:
    """Each waits for the name the other gives up: PostgreSQL ends one of them."""
    places = []
    for name in ("ada", "grace"):
        new = {"username": name, "email": f"{name}@example.com"}
        places.append((await client.post("/users", json=new)).headers["location"])
    for _ in range(5):
        names = [(await client.get(place)).json()["username"] for place in places]
        first = client.patch(places[0], json={"username": names[1]})
        second = client.patch(places[1], json={"username": names[0]})
        for answer in await asyncio.gather(first, second):
            assert is_problem(answer, 409) or is_problem(answer, 503)
