"""What `python -m user_service` promises: starting, its documentation, ending."""

import asyncio
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest
from tests.user_service.program import Program, environment, running
from tests.user_service.support import ADA, wait_for_a_lock

from local_servers import Addresses
from user_service.__main__ import main
from user_service.schema import migrations, version
from user_service.settings import Settings


@pytest.fixture
def program(root: Path, addresses: Addresses) -> Iterator[Program]:
    with running(environment(root, addresses, DRAIN_SECONDS="0.5")) as started:
        yield started


def test_it_serves_documents_and_drains(program: Program, addresses: Addresses) -> None:
    with httpx.Client(base_url=program.url) as client:
        assert client.post("/users", json=ADA).headers["location"] == "/users/1"
        assert client.get("/users/1").json() == {"id": 1} | ADA
        page = client.get("/docs").text
        assert not re.findall(r"(?:https?:)?//[\w.]+", page.replace("<!--", ""))
        assets = re.findall(r"(?:href|src)=\"(/[^\"]+)\"|url: '(/[^']+)'", page)
        paths = [first or second for first, second in assets]
        assert len(paths) == 4
        assert [client.get(path).status_code for path in paths] == [200] * 4
        assert client.get("/redoc").status_code == 404
        asyncio.run(stop_in_the_middle(program, addresses, client))
    log = program.rest()
    assert "Finished server process" in log
    assert "Traceback" not in log
    assert program.process.wait(10) in {0, -signal.SIGTERM}


def first_refusal(client: httpx.Client) -> httpx.Response:
    while (ready := client.get("/readyz")).status_code == 200:
        time.sleep(0.01)
    return ready


async def stop_in_the_middle(program: Program, addresses: Addresses, ours: httpx.Client) -> None:
    """A request that was accepted before SIGTERM is answered after it; /readyz says 503."""
    blocker = await asyncpg.connect(addresses.database_url)
    async with httpx.AsyncClient(base_url=program.url, timeout=20) as client:
        async with blocker.transaction():
            await blocker.execute("LOCK TABLE users")
            slow = asyncio.create_task(client.get("/users/2"))
            await wait_for_a_lock(blocker)
            program.process.send_signal(signal.SIGTERM)
            ready = await asyncio.to_thread(first_refusal, ours)
            assert (ready.status_code, ready.json()["status"]) == (503, "draining")
        assert (await slow).status_code == 404
    await blocker.close()


def test_ctrl_c_ends_it_without_a_traceback(root: Path, addresses: Addresses) -> None:
    with running(environment(root, addresses)) as program:
        program.process.send_signal(signal.SIGINT)
        assert "Traceback" not in program.rest()
        assert program.process.wait(10) == 0


def test_a_second_sigterm_does_not_wait(root: Path, addresses: Addresses) -> None:
    with running(environment(root, addresses, DRAIN_SECONDS="1000")) as program:
        program.process.send_signal(signal.SIGTERM)
        with httpx.Client(base_url=program.url) as client:
            assert first_refusal(client).json()["status"] == "draining"
        program.process.send_signal(signal.SIGTERM)
        assert program.process.wait(30) in {0, -signal.SIGTERM}


def test_help_names_every_variable(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["user_service", "--help"])
    with pytest.raises(SystemExit, match="0"):
        main()
    said = capsys.readouterr().out
    for name in Settings.model_fields:
        assert f"  {name.upper()}" in said
    assert "requests/seconds allowed to one client" in said


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"DATABASE_URL": None}, "DATABASE_URL is not set"),
        ({"DATABASE_URL": None, "REDIS_URL": None}, "DATABASE_URL is not set; REDIS_URL is not"),
        ({"DATABASE_URL": "mysql://ada:secret@db/x"}, "DATABASE_URL is not valid"),
        ({"POOL_SIZE": "0"}, "POOL_SIZE is not valid"),
        ({"DATABASE_URL": "postgresql://ada:secret@127.0.0.1:1/x"}, "127.0.0.1:1 did not answer"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    addresses: Addresses,
    changes: dict[str, str | None],
    message: str,
) -> None:
    for name, value in {**addresses.environment, "START_TIMEOUT": "0.2", **changes}.items():
        monkeypatch.delenv(name, raising=False)
        if value is not None:
            monkeypatch.setenv(name, value)
    monkeypatch.setattr("user_service.__main__.write_json_lines", str)
    monkeypatch.setattr(sys, "argv", ["user_service", "--port", "0"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert message in str(ended.value)
    assert "secret" not in str(ended.value)
    assert "\n" not in str(ended.value)


def test_ctrl_c_while_it_waits_for_the_database(
    monkeypatch: pytest.MonkeyPatch, addresses: Addresses
) -> None:
    def interrupted(_: Settings) -> None:
        raise KeyboardInterrupt

    for name, value in addresses.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("user_service.__main__.write_json_lines", str)
    monkeypatch.setattr("user_service.__main__.prepare", interrupted)
    monkeypatch.setattr(sys, "argv", ["user_service"])
    with pytest.raises(SystemExit, match="130"):
        main()


def test_prepare_makes_the_tables_and_ends(
    monkeypatch: pytest.MonkeyPatch, addresses: Addresses
) -> None:
    async def newest() -> int:
        connection = await asyncpg.connect(addresses.database_url)
        found = await version(connection)
        await connection.close()
        return found

    for name, value in addresses.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("user_service.__main__.write_json_lines", str)
    monkeypatch.setattr(sys, "argv", ["user_service", "--prepare"])
    assert asyncio.run(newest()) == 0
    main()
    assert asyncio.run(newest()) == max(migrations())


def test_settings_hide_their_passwords(addresses: Addresses) -> None:
    given = Settings.model_validate(
        {"database_url": addresses.database_url, "redis_url": "redis://ada:secret@cache/0"}
    )
    assert "secret" not in repr(given)
    assert addresses.database_url not in repr(given)


def test_it_starts_without_a_cache(root: Path, addresses: Addresses) -> None:  # defect 14
    with running(environment(root, addresses, REDIS_URL="redis://127.0.0.1:1/0")) as program:
        ready = httpx.get(f"{program.url}/readyz").json()
        assert ready == {"status": "ready", "database": "up", "cache": "down"}
