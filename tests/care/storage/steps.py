"""Goes from one revision of the schema to another."""

from alembic import command
from sqlalchemy import Engine

from care.storage import migrate


def up(engine: Engine, revision: str) -> None:
    """To a later revision, or `head`."""
    with engine.begin() as connection:
        command.upgrade(migrate.config(connection), revision)


def down(engine: Engine, revision: str) -> None:
    """To an earlier one."""
    with engine.begin() as connection:
        command.downgrade(migrate.config(connection), revision)
