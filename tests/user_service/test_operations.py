"""What whoever runs the service is promised: a role, logs, metrics, traces, a rate limit."""

import asyncio
import http.server
import json
import logging
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack
from typing import Any

import asyncpg
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from tests.user_service.support import ADA, Serve, is_problem

from local_servers import Addresses
from user_service import rate_limit, tracing
from user_service.app import create_app
from user_service.connections import open_database
from user_service.errors import CannotStart
from user_service.logs import JsonLines, write_json_lines
from user_service.schema import prepare
from user_service.settings import Settings

pytestmark = pytest.mark.anyio
SECRETS = ("ada", "example.com", "secret", "127.0.0.1")


def settings(addresses: Addresses, **given: object) -> Settings:
    urls = {"database_url": addresses.database_url, "redis_url": addresses.redis_url}
    return Settings.model_validate(urls | {"cache_timeout": 10} | given)


class TestRole:
    """The connections that serve requests may not change a table."""

    async def test_it_reads_and_writes_rows_and_nothing_else(
        self, serve: Serve, addresses: Addresses
    ) -> None:
        async with serve() as client:
            ada = (await client.post("/users", json=ADA)).headers["location"]
            assert (await client.patch(ada, json={"username": "eve"})).status_code == 200
            assert (await client.delete(ada)).status_code == 204
        async with open_database(settings(addresses)) as database:
            for forbidden in (
                "DROP TABLE users",
                "TRUNCATE users",
                "ALTER TABLE users ADD COLUMN admin boolean",
                "CREATE TABLE mine (id integer)",
                "DELETE FROM schema_versions",
            ):
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await database.fetch(forbidden)

    async def test_a_start_that_finds_it_changes_nothing(self, addresses: Addresses) -> None:
        await prepare(settings(addresses))
        state = "SELECT array_agg(xmin::text ORDER BY relname) FROM pg_class WHERE relkind = 'r'"
        observer = await asyncpg.connect(addresses.database_url)
        before = await observer.fetchval(state)
        await asyncio.gather(*(prepare(settings(addresses)) for _ in range(8)))
        assert await observer.fetchval(state) == before
        await observer.close()

    async def test_an_empty_name_keeps_the_account_of_the_address(self, serve: Serve) -> None:
        async with serve(database_role="") as client:
            assert (await client.post("/users", json=ADA)).status_code == 201

    async def test_two_accounts_one_of_them_weak(self, serve: Serve, addresses: Addresses) -> None:
        await prepare(settings(addresses))
        name = f"weak_{addresses.database_url.rpartition('/')[2]}"
        weak = re.sub(r"//[^@]*@", f"//{name}:x@", addresses.database_url)
        strong = await asyncpg.connect(addresses.database_url)
        await strong.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'x' IN ROLE user_service")
        try:
            async with serve(database_url=weak, migrate="never") as client:
                assert (await client.post("/users", json=ADA)).status_code == 201
                assert (await client.get("/users/1")).status_code == 200
        finally:
            await strong.execute(f"DROP ROLE {name}")
            await strong.close()

    @pytest.mark.parametrize("may_create", [True, False])
    async def test_an_account_that_is_no_superuser(
        self, addresses: Addresses, *, may_create: bool, caplog: pytest.LogCaptureFixture
    ) -> None:
        name = addresses.database_url.rpartition("/")[2]
        owner, role = f"owner_{name}", f"role_{name}"
        option = "CREATEROLE" if may_create else "NOCREATEROLE"
        async with AsyncExitStack() as stack:
            strong = await asyncpg.connect(addresses.database_url)
            stack.push_async_callback(strong.close)
            await strong.execute(f"CREATE ROLE {owner} LOGIN {option} PASSWORD 'x'")
            await strong.execute(f"ALTER DATABASE {name} OWNER TO {owner}")
            url = re.sub(r"//[^@]*@", f"//{owner}:x@", addresses.database_url)
            given = settings(addresses, database_url=url, database_role=role)
            try:
                await prepare(given)
                await prepare(given)  # a second start finds everything done
                exists = await strong.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", role)
                assert bool(exists) == may_create
                assert ("may not create the role" in caplog.text) != may_create
                weak = await asyncpg.connect(url)
                if may_create:
                    await weak.execute(f"SET ROLE {role}")
                    assert await weak.fetchval("SELECT count(*) FROM users") == 0
                await weak.close()
            finally:
                await strong.execute(f"ALTER DATABASE {name} OWNER TO CURRENT_USER")
                for one in (role, owner):
                    if await strong.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", one):
                        await strong.execute(f"REASSIGN OWNED BY {one} TO CURRENT_USER")
                        await strong.execute(f"DROP OWNED BY {one}")
                        await strong.execute(f"DROP ROLE {one}")


class TestLogs:
    """A line of JSON for each event, and nothing personal in it."""

    async def test_a_request_is_one_line_without_personal_data(
        self, serve: Serve, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO, logger="user_service")
        async with serve() as client:
            caplog.clear()
            await client.post("/users?secret=secret", json=ADA)
            await client.post("/users", json=ADA)  # a duplicate: PostgreSQL's message quotes it
            answer = await client.get("/users/1", headers={"X-Request-Id": "one.of-mine_1"})
            await client.get("/users/1", headers={"X-Request-Id": "secret\x7f"})
            await client.get("/secret")
        assert answer.headers["x-request-id"] == "one.of-mine_1"
        lines = [JsonLines().format(one) for one in caplog.records if one.name != "httpx"]
        events = [json.loads(line) for line in lines]
        assert [(one["method"], one["route"], one["status"]) for one in events] == [
            ("POST", "/users", 201),
            ("POST", "/users", 409),
            ("GET", "/users/{user_id}", 200),
            ("GET", "/users/{user_id}", 200),
            ("GET", "unknown", 404),
        ]
        assert not [line for line in lines if any(word in line for word in SECRETS)]

    async def test_a_mistake_is_told_as_type_and_place(
        self, serve: Serve, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def broken(*_: object) -> None:
            raise ZeroDivisionError("secret")

        monkeypatch.setattr("user_service.users.Users.page", broken)
        async with serve() as client:
            assert is_problem(await client.get("/users"), 500)
        (record,) = [one for one in caplog.records if one.levelno == logging.ERROR]
        event = json.loads(JsonLines().format(record))
        assert event["error"] == "builtins.ZeroDivisionError"
        assert event["at"][-1].endswith("broken")
        assert "secret" not in json.dumps(event)

    async def test_lines_carry_the_id_of_their_request(
        self, serve: Serve, valkey: Any, capsys: pytest.CaptureFixture[str]
    ) -> None:
        root = logging.getLogger()
        before = (root.level, [*root.handlers])
        try:
            write_json_lines("info")
            async with serve() as client:
                await client.post("/users", json=ADA)
                valkey.set("user:1", "junk")
                answer = await client.get("/users/1")
        finally:
            root.setLevel(before[0])
            root.handlers[:] = before[1]
        events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
        (broken,) = [event for event in events if "broken" in event["message"]]
        assert broken["request_id"] == answer.headers["x-request-id"]


class TestMetrics:
    """Counts by route and status, and how the two dependencies are."""

    async def test_they_count(self, serve: Serve) -> None:
        async with serve() as client:
            ada = (await client.post("/users", json=ADA)).headers["location"]
            for _ in range(3):
                await client.get(ada)
            await client.get("/nowhere")
            await client.request("FROBNICATE", "/users")
            answer = await client.get("/metrics")
            again = await client.get("/metrics")
        assert answer.headers["content-type"].startswith("text/plain")
        for line in (
            'http_requests_total{method="GET",route="/users/{user_id}",status="200"} 3.0',
            'http_requests_total{method="POST",route="/users",status="201"} 1.0',
            'http_requests_total{method="GET",route="unknown",status="404"} 1.0',
            'http_requests_total{method="other",route="/users",status="405"} 1.0',
            'http_request_duration_seconds_count{route="/users/{user_id}"} 3.0',
            'cache_reads_total{outcome="hit"} 2.0',
            'cache_reads_total{outcome="miss"} 1.0',
            'database_connections{state="allowed"} 10.0',
            "cache_away 0.0",
            "cache_deletions_owed 0.0",
        ):
            assert line in answer.text, answer.text
        assert 'route="/metrics",status="200"} 1.0' in again.text

    async def test_they_can_be_left_out(self, serve: Serve) -> None:
        async with serve(metrics=False) as client:
            assert is_problem(await client.get("/metrics"), 404)


class Collector(http.server.BaseHTTPRequestHandler):
    """What a collector of traces does: accept them."""

    spans: list[Span]

    def do_POST(self) -> None:
        sent = ExportTraceServiceRequest()
        sent.ParseFromString(self.rfile.read(int(self.headers["Content-Length"])))
        for resource in sent.resource_spans:
            for scope in resource.scope_spans:
                self.spans.extend(scope.spans)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def collector() -> Iterator[tuple[str, list[Span]]]:
    Collector.spans = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", Collector.spans
        server.shutdown()


class TestTracing:
    """One span for each request, part of the trace that the client names."""

    async def test_a_request_is_a_span(
        self, serve: Serve, collector: tuple[str, list[Span]]
    ) -> None:
        endpoint, spans = collector
        trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        async with serve(otel_exporter_otlp_endpoint=endpoint) as client:
            headers = {"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}
            answer = await client.get("/users/7?secret=1", headers=headers)
        (span,) = [one for one in spans if one.name == "GET /users/{user_id}"]
        assert span.trace_id.hex() == trace
        assert span.kind == Span.SPAN_KIND_SERVER
        values = {one.key: one.value for one in span.attributes}
        assert values["http.response.status_code"].int_value == 404
        assert values["request_id"].string_value == answer.headers["x-request-id"]
        assert "secret" not in str(span)

    async def test_a_start_and_an_end_are_no_requests(self) -> None:
        passed: list[object] = []

        async def app(scope: object, *_: object) -> None:
            passed.append(scope)

        await tracing.Tracing(app, None, None)({"type": "lifespan"}, None, None)  # type: ignore[arg-type]
        assert passed == [{"type": "lifespan"}]

    async def test_what_is_missing_is_said_in_a_sentence(
        self, addresses: Addresses, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
        with pytest.raises(CannotStart, match="OpenTelemetry is not installed"):
            create_app(settings(addresses, otel_exporter_otlp_endpoint="http://127.0.0.1:4318"))


class TestRateLimit:
    """So many requests in so many seconds, for each client."""

    async def test_the_next_one_is_429_and_told_when(self, serve: Serve, valkey: Any) -> None:
        async with serve(rate_limit="3/50") as client:
            seen = [await client.get("/users") for _ in range(5)]
            assert [answer.status_code for answer in seen] == [200, 200, 200, 429, 429]
            assert is_problem(seen[3], 429)
            assert 1 <= int(seen[3].headers["retry-after"]) <= 50
            assert (await client.get("/livez")).status_code == 200  # not of the API
            (key,) = valkey.keys("rate:*")
            assert b"127.0.0.1" not in key
            valkey.delete(key)  # as if the window had passed
            assert (await client.get("/users")).status_code == 200

    async def test_a_window_ends(self, serve: Serve) -> None:
        async with serve(rate_limit="1/1") as client:
            assert (await client.get("/users")).status_code == 200
            while (await client.get("/users")).status_code == 429:  # noqa: ASYNC110
                await asyncio.sleep(0.05)

    async def test_two_copies_count_together(self, serve: Serve) -> None:
        async with serve(rate_limit="3/50") as one, serve(rate_limit="3/50") as other:
            seen = [(await client.get("/users")).status_code for client in (one, other) * 3]
        assert seen == [200] * 3 + [429] * 3

    async def test_without_valkey_there_is_no_limit(self, serve: Serve) -> None:
        async with serve(rate_limit="1/50", redis_url="redis://127.0.0.1:1/0") as client:
            assert {(await client.get("/users")).status_code for _ in range(5)} == {200}

    @pytest.mark.parametrize(
        ("client", "counted_as"),
        [
            (("192.0.2.7", 1), "192.0.2.7"),
            (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::/64"),
            (("/run/socket", 0), "/run/socket"),
            (None, "unknown"),
        ],
    )
    async def test_who_is_one_client(self, client: object, counted_as: str) -> None:
        assert rate_limit.network({"client": client}) == counted_as

    async def test_a_rule_has_two_numbers(self, addresses: Addresses) -> None:
        for rule in ("100", "0/60", "100/0", "a/b"):
            with pytest.raises(ValueError, match="rate_limit"):
                settings(addresses, rate_limit=rule)
