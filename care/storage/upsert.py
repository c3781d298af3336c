"""`INSERT` that meets a row which is there already, as both databases have it."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from care.storage.base import Base


def insert_into(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """To be continued with `on_conflict_do_nothing` or `on_conflict_do_update`."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
