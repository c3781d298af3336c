"""Fixtures that many tests share."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from care.clock import SHANGHAI
from care.models import Base
from care.storage.engine import Sessions, open_engine, open_sessions
from care.storage.migrate import upgrade
from tests.databases import postgresql

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=SHANGHAI)
"""A Saturday morning."""


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL server for the whole run."""
    with postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def sessions(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Sessions]:
    """A migrated, empty database of each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/hotline.db"
    else:
        url = request.getfixturevalue("postgresql_url")
    engine = open_engine(url)
    upgrade(engine)
    yield open_sessions(engine)
    if request.param == "postgresql":
        with engine.begin() as connection:
            tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    engine.dispose()


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Sessions]:
    """A migrated, empty SQLite database, for tests about something else than storage."""
    engine = open_engine(f"sqlite:///{tmp_path}/hotline.db")
    upgrade(engine)
    yield open_sessions(engine)
    engine.dispose()
