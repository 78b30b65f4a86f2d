"""Traces: one span for each request, sent to where OTEL_EXPORTER_OTLP_ENDPOINT points.

A span carries on the trace that the request's `traceparent` header names (W3C Trace Context), so
that a request can be followed through several services. Nothing here is imported, and the
packages need not be installed, unless that variable is set.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from user_service.errors import CannotStart
from user_service.logs import request_id, route_of

NAME = "user_service"
MISSING = (
    "OTEL_EXPORTER_OTLP_ENDPOINT is set, and OpenTelemetry is not installed: add"
    " opentelemetry-sdk and opentelemetry-exporter-otlp-proto-http, or unset it."
)


class Tracing:
    """Opens a span around each request: pure ASGI middleware.

    Args:
        app: what answers.
        start: opens a span.
        context_of: reads the trace that a request belongs to from its headers.
    """

    def __init__(
        self, app: ASGIApp, start: Callable[..., Any], context_of: Callable[..., Any]
    ) -> None:
        self._app, self._start, self._context_of = app, start, context_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request inside a span."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        carrier = {
            name.decode("latin-1"): str(value, "latin-1") for name, value in scope["headers"]
        }
        method, context = scope["method"], self._context_of(carrier)
        with self._start(method, context=context) as span:

            async def noting(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.set_attribute("http.response.status_code", message["status"])
                await send(message)

            try:
                await self._app(scope, receive, noting)
            finally:
                route = route_of(scope)
                span.update_name(f"{method} {route}")
                span.set_attributes(
                    {
                        "http.request.method": method,
                        "http.route": route,
                        "request_id": request_id.get(),
                    }
                )


def install(app: FastAPI, endpoint: str) -> None:
    """Trace the app's requests, and send the last spans when it ends.

    Args:
        app: the service.
        endpoint: the collector's address, without /v1/traces.

    Raises:
        CannotStart: OpenTelemetry's packages are not installed.
    """
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
            OTLPSpanExporter,
        )
        from opentelemetry.propagate import extract  # noqa: PLC0415
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
        from opentelemetry.trace import SpanKind  # noqa: PLC0415
    except ImportError as error:
        raise CannotStart(MISSING) from error
    provider = TracerProvider(resource=Resource.create({"service.name": NAME}))
    where = f"{endpoint.rstrip('/')}/v1/traces"
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=where)))
    start = partial(provider.get_tracer(NAME).start_as_current_span, kind=SpanKind.SERVER)
    app.add_middleware(Tracing, start=start, context_of=extract)
    opened = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
        try:
            async with opened(app) as state:
                yield state
        finally:
            provider.shutdown()  # sends what is left; nobody waits for this process any more

    app.router.lifespan_context = lifespan
