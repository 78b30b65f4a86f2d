"""Whatever is sent, the answer is a problem in the 400s, and nothing is half done."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from tests.user_service.support import ADA, Serve, is_problem

from local_servers import Addresses
from user_service.body_limit import LIMIT
from user_service.problems import MEDIA_TYPE

pytestmark = pytest.mark.anyio
JSON = {"content-type": "application/json"}
WIDE = json.dumps(ADA).encode()


@pytest.fixture
def addresses(emptied: Addresses) -> Addresses:
    return emptied


async def nothing_was_made(client: httpx.AsyncClient) -> bool:
    return bool((await client.get("/users")).json()["users"] == [])


async def chunks(size: int) -> AsyncIterator[bytes]:
    yield WIDE
    for _ in range(size // 1024):
        yield b" " * 1024


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_over_64_kib_is_413(
    client: httpx.AsyncClient, method: str, *, chunked: bool
) -> None:
    path = "/users" if method == "POST" else "/users/1"
    body = chunks(LIMIT) if chunked else WIDE + b" " * LIMIT
    answer = await client.request(method, path, content=body, headers=JSON)
    if method == "DELETE" and chunked:
        assert is_problem(answer, 404)  # it takes no body, so nobody reads one
    else:
        assert is_problem(answer, 413)
    assert await nothing_was_made(client)


async def test_a_body_of_64_kib_is_read(client: httpx.AsyncClient) -> None:
    full = WIDE + b" " * (LIMIT - len(WIDE))
    assert (await client.post("/users", content=full, headers=JSON)).status_code == 201


async def test_a_length_that_is_no_number_says_nothing(client: httpx.AsyncClient) -> None:
    headers = JSON | {"content-length": "many"}
    assert (await client.post("/users", content=WIDE, headers=headers)).status_code == 201


@pytest.mark.parametrize("depth", [100, 1000, 30_000])
@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
async def test_deep_json_is_refused(client: httpx.AsyncClient, opening: bytes, depth: int) -> None:
    deep = opening * min(depth, LIMIT // len(opening) - 10)
    for body in (deep, deep + b"1" + b"]" * len(deep) if opening == b"[" else deep + b"1"):
        answer = await client.post("/users", content=body[:LIMIT], headers=JSON)
        assert is_problem(answer, answer.status_code)
        assert answer.status_code in {400, 422}


@pytest.mark.parametrize(
    "body", [b"", b"null", b"1e999", b"NaN", b'"ada"', b'{"username": "ada", "username": 1}', b"\0"]
)
async def test_odd_json_is_refused(client: httpx.AsyncClient, body: bytes) -> None:
    assert is_problem(await client.post("/users", content=body, headers=JSON), 422)


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "x", ""])
async def test_what_is_not_said_to_be_json_is_refused(
    client: httpx.AsyncClient, content_type: str
) -> None:
    headers = {"content-type": content_type}
    assert is_problem(await client.post("/users", content=WIDE, headers=headers), 422)


@pytest.mark.parametrize(
    "username",
    [
        "\u202eada",  # turns what follows around
        "ada\u2066",
        "a\u200fda",
        "ada\u061c",
        "ad\u2028a",
        "\u200b\u200b\u200b",  # nothing to be seen
        "\u3164\u3164\u3164",
        "\u2003 \u2003 \u2003",
        "a\x85da",
    ],
)
async def test_a_name_is_what_it_looks_like(client: httpx.AsyncClient, username: str) -> None:
    assert is_problem(await client.post("/users", json=ADA | {"username": username}), 422)
    assert is_problem(await client.patch("/users/1", json={"username": username}), 422)
    assert await nothing_was_made(client)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/users/", 404),
        ("GET", "/users/1/2", 404),
        ("GET", "/docs/files/nothing", 404),
        ("GET", "/docs/files/../app.py", 404),
        ("POST", "/users/1", 405),
        ("DELETE", "/users", 405),
        ("PUT", "/livez", 405),
        ("FROBNICATE", "/users", 405),
        ("GET", "/users/one", 422),
        ("GET", "/users/1.5", 422),
        ("GET", "/users/%00", 422),
        ("GET", "/users/%ff", 422),
        ("GET", "/users?after=%ff", 422),
        ("GET", "/users/\u0661", 422),  # an Arabic one, which Python takes for a digit
        ("GET", "/users/1", 404),
    ],
)
async def test_every_error_is_a_problem(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    assert is_problem(await client.request(method, path), status)


async def test_a_mistake_of_ours_is_told_once_it_can_be(serve: Serve) -> None:
    """After the first byte, only a broken connection tells the client that something is wrong."""
    async with serve() as client:
        app = client._transport.app  # type: ignore[attr-defined]

        async def half(*_: object) -> None:
            raise ZeroDivisionError

        async def send(message: dict[str, object]) -> None:
            if message["type"] == "http.response.body":
                await half()

        scope: dict[str, Any] = {"type": "http", "method": "GET", "path": "/livez", "headers": []}
        scope |= {"query_string": b"", "server": ("service", 80), "scheme": "http"}
        with pytest.raises(ZeroDivisionError):
            await app(scope, half, send)


async def test_openapi_describes_problems_and_gives_examples(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    schemas = document["components"]["schemas"]
    assert {"Problem", "Fault", "NewUser", "User", "UserPage", "UserPatch"} <= set(schemas)
    assert "HTTPValidationError" not in json.dumps(document)
    assert "version" not in schemas["User"]["properties"]
    assert all(schemas[name]["examples"] for name in ("NewUser", "User", "UserPatch"))
    for operations in document["paths"].values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                if status >= "400" and "/readyz" not in operation["operationId"]:
                    problem = answer.get("content", {}).get(MEDIA_TYPE)
                    assert problem or "Ready" in json.dumps(answer)
