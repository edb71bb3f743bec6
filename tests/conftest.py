"""What several test modules share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import postgresql

settings.register_profile("ci", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("ci")

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real data beside the checkout; the test is skipped where it is absent."""
    folder = Path(os.environ.get("BETONY_SHARED", ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip("the real data is not beside this checkout")
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="the full figures: 200 kills a sink instead of 10")
    parser.addoption("--regen", action="store_true", help="write the golden files anew, and fail so that they are read")


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """How many times a writer is killed: 10, with `--long` 200."""
    return 200 if request.config.getoption("--long") else 10


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the temporary Prefect servers of all flows keep their database, which takes long to make anew."""
    return tmp_path_factory.mktemp("prefect")


@pytest.fixture(scope="session")
def server() -> Iterator[postgresql.Server]:
    """A PostgreSQL server of this test run's own; the test is skipped where none is installed."""
    pytest.importorskip("psycopg", reason="the extra postgres is not installed")
    try:
        with postgresql.running() as started:
            yield started
    except postgresql.Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(params=["sqlite", "postgresql"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The name of a store that is not made yet, in either database."""
    if request.param == "sqlite":
        return str(tmp_path / "s.db")
    server: postgresql.Server = request.getfixturevalue("server")
    return server.new_database()
