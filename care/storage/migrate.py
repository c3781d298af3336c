"""Brings a database to the current schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from care.storage.engine import reading

_MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Runs all migrations that are missing, in one transaction."""
    with engine.begin() as connection:
        command.upgrade(config(connection), "head")


def is_current(engine: Engine) -> bool:
    """Whether the database has the newest schema. Only reads."""
    with reading(engine).connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        return found == ScriptDirectory.from_config(config(connection)).get_current_head()


def config(connection: Connection) -> Config:
    """For Alembic's commands on this connection."""
    made = Config()
    made.set_main_option("script_location", str(_MIGRATIONS))
    made.attributes["connection"] = connection
    return made
