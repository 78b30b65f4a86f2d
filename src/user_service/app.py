"""The application: its parts put together, opened at start and closed at the end."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.resources import files
from typing import TypedDict

from fastapi import FastAPI, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from user_service import health, routes
from user_service.cache import Cache
from user_service.connections import open_cache, open_database
from user_service.database import Database
from user_service.errors import HANDLERS
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
        docs_url=None,  # served by _serve_docs
        redoc_url=None,
    )
    app.include_router(routes.router)
    app.include_router(health.router)
    # --8<-- [end:lifespan]
    _serve_docs(app)
    return app


def _serve_docs(app: FastAPI) -> None:
    """Serve Swagger UI at /docs from files of our own: no other host learns of the visit."""
    folder = str(files("fastapi_offline") / "static")
    app.mount("/docs/files", StaticFiles(directory=folder), name="docs-files")

    @app.get("/docs", include_in_schema=False)
    async def docs() -> Response:
        return get_swagger_ui_html(
            openapi_url="/openapi.json",
            title="User Service",
            swagger_js_url="/docs/files/swagger-ui-bundle.js",
            swagger_css_url="/docs/files/swagger-ui.css",
            swagger_favicon_url="/docs/files/favicon.png",
            swagger_ui_parameters={"validatorUrl": None},
        )


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
