"""The service does what its OpenAPI document says, for whatever Schemathesis makes of that."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.user_service.program import environment, running

from local_servers import Addresses

OPTIONS = ["--max-examples=6", "--generation-deterministic", "--no-color"]


@pytest.mark.timeout(180)
def test_no_server_error_and_nothing_the_document_does_not_say(
    root: Path, addresses: Addresses, tmp_path: Path
) -> None:
    """All of its checks: examples, boundaries, random requests, and sequences of linked ones."""
    here = Path(__file__).with_name("schemathesis")
    hooks = {"PYTHONPATH": str(here), "SCHEMATHESIS_HOOKS": "user_service_hooks"}
    patient = {"COMMAND_TIMEOUT": "20", "ACQUIRE_TIMEOUT": "20", "CACHE_TIMEOUT": "20"}
    with running(environment(root, addresses, **patient)) as program:
        tool = [str(Path(sys.executable).with_name("schemathesis"))]
        tool += ["--config-file", str(here / "schemathesis.toml"), "run", *OPTIONS]
        command = [*tool, f"{program.url}/openapi.json"]
        done = subprocess.run(
            command,
            env=os.environ | hooks,
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )
    assert done.returncode == 0, done.stdout
    assert "Stateful" in done.stdout
    assert "API Links" in done.stdout
