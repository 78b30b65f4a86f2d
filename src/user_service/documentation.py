"""/docs: the API's description, to read and to try, from files of our own."""

from importlib.resources import files

from fastapi import FastAPI, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.staticfiles import StaticFiles


def serve_docs(app: FastAPI) -> None:
    """Serve Swagger UI at /docs: no other host learns of the visit.

    Args:
        app: the service.
    """
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
