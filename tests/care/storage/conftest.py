"""Migrations step by step, on a database of each kind without a schema."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from care.storage.engine import open_engine


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Beside the database that other tests share."""
    url = make_url(f"sqlite:///{tmp_path}/steps.db")
    if request.param == "postgresql":
        server = make_url(request.getfixturevalue("postgresql_url"))
        admin = create_engine(server, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text("DROP DATABASE IF EXISTS steps WITH (FORCE)"))
            connection.execute(text("CREATE DATABASE steps"))
        admin.dispose()
        url = server.set(database="steps")
    engine = open_engine(url.render_as_string(hide_password=False), tmp_path / "elders.key")
    yield engine
    engine.dispose()
