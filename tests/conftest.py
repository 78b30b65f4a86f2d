"""What all tests share: the project's folder and one pair of real servers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from local_servers import Addresses, local_servers


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def servers() -> Iterator[Addresses]:
    with local_servers() as addresses:
        yield addresses
