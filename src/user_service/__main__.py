"""Run the service: `python -m user_service --host 127.0.0.1 --port 8000`."""

import argparse
import asyncio
import gc
import inspect
import signal
import sys
from contextlib import suppress
from types import FrameType

import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError

from user_service.app import create_app
from user_service.errors import CannotStart
from user_service.logs import write_json_lines
from user_service.schema import prepare
from user_service.settings import Settings, from_environment

GRACE = 10  # seconds for requests under way, once the service has stopped listening


class DrainingServer(uvicorn.Server):
    """A server that says on /readyz that it is about to stop, and stops a while later.

    A load balancer in front needs that while to send its requests elsewhere. Requests that have
    been accepted get ten more seconds.

    Args:
        config: uvicorn's configuration.
        app: the service.
        drain_seconds: how long to go on listening after SIGTERM.
    """

    def __init__(self, config: uvicorn.Config, app: FastAPI, drain_seconds: float) -> None:
        super().__init__(config)
        self._app = app
        self._drain_seconds = drain_seconds

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Drain after the first SIGTERM; stop after the second, or any other signal.

        Args:
            sig: the signal's number.
            frame: where the program was when it came.
        """
        state = self._app.state
        if sig != signal.SIGTERM or getattr(state, "draining", False):
            super().handle_exit(sig, frame)
            return
        state.draining = True
        stop = super().handle_exit
        loop = asyncio.get_running_loop()
        loop.call_soon_threadsafe(loop.call_later, self._drain_seconds, stop, sig, frame)


def main() -> None:
    """Read the arguments and the environment, prepare the database, serve until a signal."""
    parser = argparse.ArgumentParser(
        prog="user_service",
        description="The User Service.",
        epilog=_variables(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000, help="0 takes a free one")
    parser.add_argument("--prepare", action="store_true", help="see to the tables, and end")
    arguments = parser.parse_args()
    try:
        settings = from_environment()
        write_json_lines(settings.log_level)
        asyncio.run(prepare(settings))
        if arguments.prepare:
            return
        app = create_app(settings)
    except ValidationError as error:
        sys.exit(_explained(error))
    except CannotStart as error:
        sys.exit(f"user_service: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
    config = uvicorn.Config(
        app,
        host=arguments.host,
        port=arguments.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=GRACE,
    )
    gc.freeze()  # what is loaded now stays: the collector need not go through it again
    with suppress(KeyboardInterrupt):
        DrainingServer(config, app, settings.drain_seconds).run()


def _explained(error: ValidationError) -> str:
    """Say in one sentence which variables are missing or wrong."""
    faults = [
        f"{str(fault['loc'][0]).upper()} is "
        + ("not set" if fault["type"] == "missing" else f"not valid ({fault['msg']})")
        for fault in error.errors()
    ]
    return f"user_service: {'; '.join(faults)}. `make service` starts it on servers of its own."


def _variables() -> str:
    """List the environment variables, as the docstring of `Settings` describes them."""
    lines = ["environment variables:"]
    described = (inspect.getdoc(Settings) or "").partition("Attributes:")[2].partition("Raises:")[0]
    for line in filter(None, map(str.strip, described.splitlines())):
        name, _, what = line.partition(": ")
        field = Settings.model_fields[name]
        default = "" if field.is_required() else f" (default: {field.default!r})"
        lines.append(f"  {name.upper()}{default}\n      {what}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
