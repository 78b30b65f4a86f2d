"""GET /metrics: what Prometheus wants to know, counted in this process.

Beside requests by route and status it tells how full the pool is and how reads of the cache end:
the two figures that say first that something is wrong.
"""

import time
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI, Request, Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from user_service.logs import route_of

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}
LIMITS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds


class Metrics:
    """Counts requests and how long they took: pure ASGI middleware.

    Args:
        app: what answers.
        registry: where the counts are kept.
    """

    def __init__(self, app: ASGIApp, registry: CollectorRegistry) -> None:
        self._app = app
        names = ("method", "route", "status")
        self._requests = Counter("http_requests", "Requests.", names, registry=registry)
        self._seconds = Histogram(
            "http_request_duration_seconds",
            "Time until the answer was sent.",
            ("route",),
            buckets=LIMITS,
            registry=registry,
        )
        self._in_progress = 0
        progress = Gauge("http_requests_in_progress", "Come, and not answered.", registry=registry)
        progress.set_function(lambda: self._in_progress)
        self._children: dict[tuple[str, str, int], tuple[Any, Any]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and count it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500
        self._in_progress += 1

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            self._in_progress -= 1
            method = scope["method"] if scope["method"] in METHODS else "other"
            count, seconds = self._child(method, route_of(scope), status)
            count.inc()
            seconds.observe(time.perf_counter() - started)

    def _child(self, method: str, route: str, status: int) -> tuple[Any, Any]:
        key = (method, route, status)
        if key not in self._children:
            count = self._requests.labels(method, route, str(status))
            self._children[key] = count, self._seconds.labels(route)
        return self._children[key]


class Parts(Collector):
    """Reads the pool's and the cache's state when it is asked for.

    Args:
        state: what the lifespan opened.
    """

    def __init__(self, state: dict[str, Any]) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        """Yield the figures of this moment."""
        pool, cache = self._state["database"].pool, self._state["cache"]
        connections = GaugeMetricFamily(
            "database_connections", "Connections of the pool.", labels=["state"]
        )
        connections.add_metric(["open"], pool.get_size())
        connections.add_metric(["idle"], pool.get_idle_size())
        connections.add_metric(["allowed"], pool.get_max_size())
        yield connections
        reads = CounterMetricFamily("cache_reads", "Reads by outcome.", labels=["outcome"])
        for outcome in ("hit", "miss", "passed over"):
            reads.add_metric([outcome], cache.outcomes[outcome])
        yield reads
        yield GaugeMetricFamily("cache_away", "1 while it does not answer.", cache.store.away)
        owed = len(cache.store.owed)
        yield GaugeMetricFamily("cache_deletions_owed", "Deletions yet to arrive.", owed)


def install(app: FastAPI) -> None:
    """Count the app's requests, and answer /metrics.

    Args:
        app: the service.
    """
    registry = CollectorRegistry()
    app.add_middleware(Metrics, registry=registry)

    @app.get("/metrics", include_in_schema=False)
    async def metrics(request: Request) -> Response:
        state = {name: request.state[name] for name in ("database", "cache")}
        parts = CollectorRegistry()
        parts.register(Parts(state))
        page = generate_latest(registry) + generate_latest(parts)
        return Response(page, headers={"Content-Type": CONTENT_TYPE})
