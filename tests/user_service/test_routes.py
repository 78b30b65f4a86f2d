"""What the API promises while everything works."""

from typing import Any

import httpx
import pytest
from tests.user_service.support import ADA, is_problem

from local_servers import Addresses
from user_service.problems import MEDIA_TYPE

pytestmark = pytest.mark.anyio
JSON = {"content-type": "application/json"}


@pytest.fixture
def addresses(emptied: Addresses) -> Addresses:
    return emptied


async def test_create_answers_201_and_says_where(client: httpx.AsyncClient) -> None:
    answer = await client.post("/users", json=ADA)
    assert answer.status_code == 201
    assert answer.headers["location"] == "/users/1"
    assert answer.json() == {"id": 1} | ADA
    assert (await client.get("/users/1")).json() == {"id": 1} | ADA


async def test_replace_changes_both_fields(client: httpx.AsyncClient, ada: str) -> None:
    grace = {"username": "grace", "email": "grace@example.com"}
    assert (await client.get(ada)).json()["username"] == "ada"
    assert (await client.put(ada, json=grace)).json() == {"id": 1} | grace
    assert (await client.get(ada)).json() == {"id": 1} | grace
    assert is_problem(await client.put(ada, json={"username": "grace"}), 422)


async def test_patch_changes_the_fields_that_are_sent(client: httpx.AsyncClient, ada: str) -> None:
    assert (await client.get(ada)).json()["email"] == "ada@example.com"
    answer = await client.patch(ada, json={"email": "new@example.com"})
    assert answer.json() == {"id": 1, "username": "ada", "email": "new@example.com"}
    assert (await client.get(ada)).json() == answer.json()


@pytest.mark.parametrize("patch", [{}, {"user_name": "eve"}, {"email": None}, {"username": ""}])
async def test_patch_that_changes_nothing_is_refused(
    client: httpx.AsyncClient, ada: str, patch: dict[str, object]
) -> None:
    assert is_problem(await client.patch(ada, json=patch), 422)


async def test_delete_answers_204_then_404(client: httpx.AsyncClient, ada: str) -> None:
    first = await client.delete(ada)
    assert (first.status_code, first.content) == (204, b"")
    assert is_problem(await client.delete(ada), 404)


async def test_an_id_is_never_used_again(client: httpx.AsyncClient, ada: str) -> None:
    await client.delete(ada)
    assert (await client.post("/users", json=ADA)).json()["id"] == 2


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
async def test_an_unknown_user_is_404(client: httpx.AsyncClient, method: str) -> None:
    body = None if method in {"GET", "DELETE"} else ADA
    assert is_problem(await client.request(method, "/users/7", json=body), 404)


async def test_pages_follow_one_another(client: httpx.AsyncClient) -> None:
    for name in ("ada", "grace", "edsger", "barbara", "tony"):
        await client.post("/users", json={"username": name, "email": f"{name}@example.com"})
    after, seen = 0, []
    while after is not None:
        page = (await client.get("/users", params={"after": after, "limit": 2})).json()
        seen.append([user["id"] for user in page["users"]])
        after = page["next_after"]
    assert seen == [[1, 2], [3, 4], [5]]


async def test_an_empty_list_is_a_list(client: httpx.AsyncClient) -> None:
    assert (await client.get("/users")).json() == {"users": [], "next_after": None}


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "after=-1", f"after={2**53}"])
async def test_a_page_has_limits(client: httpx.AsyncClient, query: str) -> None:
    assert is_problem(await client.get(f"/users?{query}"), 422)


@pytest.mark.parametrize("number", ["0", "-1", str(2**31), str(2**53 - 1), str(2**53), "9" * 5000])
async def test_ids_end_where_javascript_stops_counting(  # defect 11
    client: httpx.AsyncClient, number: str
) -> None:
    expected = 404 if number.isdigit() and 0 < len(number) < 17 and 0 < int(number) < 2**53 else 422
    assert is_problem(await client.get(f"/users/{number}"), expected)
    assert is_problem(await client.delete(f"/users/{number}"), expected)


@pytest.mark.parametrize(
    "change",
    [
        {"username": "x" * 51},  # defect 9
        {"email": "a@" + "x" * 250 + ".com"},
        {"email": "a@" + ".".join(["x" * 60] * 4) + ".com.example"},
        {"username": ""},  # defect 12
        {"username": "      "},
        {"username": "  ab  "},
        {"username": 123},
        {"username": None},
        {"email": "ada"},
        {"username": "a\x00da"},  # defect 10
        {"username": "a\nda"},
        {"email": "a\x00da@example.com"},
    ],
)
async def test_what_does_not_fit_is_422(
    client: httpx.AsyncClient, change: dict[str, object]
) -> None:
    answer = await client.post("/users", json=ADA | change)
    assert is_problem(answer, 422)
    assert answer.json()["errors"][0]["loc"] == ["body", next(iter(change))]


@pytest.mark.parametrize("field", ["username", "email"])
async def test_half_a_surrogate_pair_is_422(client: httpx.AsyncClient, field: str) -> None:
    body = '{"username": "ada", "email": "ada@example.com"}'.replace(
        f'"{field}": "ada', f'"{field}": "\\ud800ada'
    )
    assert is_problem(await client.post("/users", content=body, headers=JSON), 422)


@pytest.mark.parametrize(("body", "status"), [(b"{", 422), (b"[]", 422), (b"\xff{", 400)])
async def test_what_is_no_json_is_a_problem(
    client: httpx.AsyncClient, body: bytes, status: int
) -> None:
    assert is_problem(await client.post("/users", content=body, headers=JSON), status)


@pytest.mark.parametrize("username", ["abc", "x" * 50, "  ada  ", "Zoë Łąž", "日本語", "👩‍💻👩‍💻"])
async def test_what_fits_is_kept(client: httpx.AsyncClient, username: str) -> None:
    await client.post("/users", json=ADA | {"username": username})
    for _ in ("from the database", "from the cache"):
        assert (await client.get("/users/1")).json()["username"] == username.strip()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "other@example.com"}, "username"),
        ({"username": "other"}, "email"),
        ({"username": "other", "email": "ADA@Example.COM"}, "email"),  # defect 12
    ],
)
async def test_a_duplicate_is_409_and_names_the_field(  # defect 13
    client: httpx.AsyncClient, ada: str, change: dict[str, str], field: str
) -> None:
    answer = await client.post("/users", json=ADA | change)
    assert is_problem(answer, 409)
    assert answer.json()["field"] == field
    other = await client.post("/users", json={"username": "grace", "email": "grace@example.com"})
    for method in ("PUT", "PATCH"):
        clash = await client.request(method, other.headers["location"], json=ADA | change)
        assert is_problem(clash, 409)
    assert (await client.get(ada)).json()["username"] == "ada"


async def test_an_unknown_address_is_a_problem_too(client: httpx.AsyncClient) -> None:
    assert is_problem(await client.get("/nowhere"), 404)
    answer = await client.put("/users", json=ADA)
    assert is_problem(answer, 405)
    assert answer.headers["allow"] == "GET, POST"
    assert (await client.post("/users/1")).headers["allow"] == "DELETE, GET, PATCH, PUT"


async def test_a_mistake_of_ours_is_a_problem_without_details(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("user_service.users.Users.page", broken)
    answer = await client.get("/users")
    assert is_problem(answer, 500)
    assert "secret" not in answer.text


async def test_the_description_names_every_answer(client: httpx.AsyncClient) -> None:
    paths: dict[str, Any] = (await client.get("/openapi.json")).json()["paths"]
    answers = {
        f"{method} {path}": sorted(operation["responses"])
        for path, operations in paths.items()
        for method, operation in operations.items()
        if path.startswith("/users")
    }
    assert answers == {
        "get /users": ["200", "422", "429", "503"],
        "post /users": ["201", "400", "409", "413", "422", "429", "503"],
        "get /users/{user_id}": ["200", "404", "422", "429", "503"],
        "put /users/{user_id}": ["200", "400", "404", "409", "412", "413", "422", "429", "503"],
        "patch /users/{user_id}": ["200", "400", "404", "409", "412", "413", "422", "429", "503"],
        "delete /users/{user_id}": ["204", "404", "412", "422", "429", "503"],
    }
    found = paths["/users/{user_id}"]["get"]["responses"]["404"]["content"]
    assert list(found) == [MEDIA_TYPE]
