"""Fixtures that many tests share."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from care.clock import SHANGHAI
from care.storage.engine import Sessions, open_engine, open_sessions
from care.storage.migrate import upgrade
from tests.databases import ELDER_KEY, empty, new_sqlite, postgresql

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=SHANGHAI)
"""A Saturday morning."""

# Where the environment fixes both, a console keeps the size that it found when it was imported.
for _size in ("COLUMNS", "LINES"):
    os.environ.pop(_size, None)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL server for the whole run, with a migrated database."""
    with postgresql() as url:
        engine = open_engine(url)
        upgrade(engine)
        engine.dispose()
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def sessions(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Sessions]:
    """A migrated, empty database of each kind."""
    if request.param == "sqlite":
        engine = open_engine(new_sqlite(tmp_path / "hotline.db"), ELDER_KEY)
    else:
        engine = open_engine(request.getfixturevalue("postgresql_url"), ELDER_KEY)
    yield open_sessions(engine)
    if request.param == "postgresql":
        empty(engine)
    engine.dispose()


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Sessions]:
    """A migrated, empty SQLite database, for tests about something else than storage."""
    engine = open_engine(new_sqlite(tmp_path / "hotline.db"), ELDER_KEY)
    yield open_sessions(engine)
    engine.dispose()
