"""The application: its parts put together, opened at start and closed at the end."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.util import find_spec
from typing import TypedDict

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from user_service import health, routes
from user_service.body_limit import BodyLimit
from user_service.cache import Cache
from user_service.connections import open_cache, open_database
from user_service.database import Database
from user_service.documentation import serve_docs
from user_service.fast_path import ShortWay
from user_service.logs import RequestLog
from user_service.openapi import describe_problems
from user_service.problems import HANDLERS
from user_service.schema import prepare
from user_service.settings import Settings, from_environment
from user_service.users import Users


class State(TypedDict):
    """What is opened once and handed to every request, as `request.state`."""

    database: Database
    cache: Cache
    users: Users


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the service; nothing is opened before its lifespan begins.

    Args:
        settings: the settings; without, those of the environment.

    Raises:
        pydantic.ValidationError: the environment lacks a setting or has a wrong one.
        CannotStart: traces are wanted, and OpenTelemetry is not installed.
    """
    given = settings or from_environment()

    # --8<-- [start:lifespan]
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[State]:
        await prepare(given)
        async with open_database(given) as database, open_cache(given) as cache:
            users = Users(database, cache)
            yield {"database": database, "cache": cache, "users": users}

    app = FastAPI(
        title="User Service",
        lifespan=lifespan,
        exception_handlers=HANDLERS,
        docs_url=None,  # served by documentation.py
        redoc_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # tracing.py, metrics.py
    )
    app.include_router(routes.router)
    app.include_router(health.router)
    # --8<-- [end:lifespan]
    describe_problems(app)
    serve_docs(app)
    _surround(app, given)
    return app


def _surround(app: FastAPI, settings: Settings) -> None:
    """Put around the routes what each request passes, from the inside out.

    Each but the log can be deleted, with its file and its lines here. What has to be switched on
    is imported only then.
    """
    app.add_middleware(ShortWay)
    app.add_middleware(BodyLimit)
    if settings.replica_url:
        from user_service import replica  # noqa: PLC0415

        replica.install(app, settings)
    if settings.rate_limit:
        from user_service.rate_limit import RateLimit  # noqa: PLC0415

        app.add_middleware(RateLimit, rule=settings.rate_limit)
    if settings.metrics and find_spec("prometheus_client"):
        from user_service import metrics  # noqa: PLC0415

        metrics.install(app)
    if settings.otel_exporter_otlp_endpoint:
        from user_service import tracing  # noqa: PLC0415

        tracing.install(app, settings.otel_exporter_otlp_endpoint)
    app.add_middleware(RequestLog)


@asynccontextmanager
async def in_process(settings: Settings | None = None) -> AsyncIterator[ASGIApp]:
    """Run the service inside this program, without a server: for tests and for trying things.

    Give what it yields to `httpx.ASGITransport`.

    Args:
        settings: the settings; without, those of the environment.

    Raises:
        CannotStart: the database is away, refuses, or lacks a migration.
    """
    app = create_app(settings)
    async with AsyncExitStack() as stack:
        state = await stack.enter_async_context(app.router.lifespan_context(app))

        async def with_state(scope: Scope, receive: Receive, send: Send) -> None:
            await app({**scope, "state": dict(state or {})}, receive, send)

        yield with_state
