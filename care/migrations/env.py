"""Alembic's environment: runs on the connection that care.storage.migrate hands over."""

from typing import Any, Literal

from alembic import context

from care.models import Base
from care.storage.base import Instant


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    # A migration must not change when our own type does.
    return "sa.DateTime(timezone=True)" if isinstance(item, Instant) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
