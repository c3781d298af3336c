"""Table of changes, and what writes to it: every append-only row that is a `Happening`."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, String, event, insert
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from care.storage.base import Base, Instant
from care.webhooks.recording import record


class Change(Base):
    """Something is no longer as it was; says where to look, not what was said or who it is.

    Rows are kept for an hour: pages that were away longer begin anew.
    """

    __tablename__ = "changes"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a number must not come twice

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    """Grows. With several writers a lower number may become visible after a higher one."""
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    topic: Mapped[str] = mapped_column(String(16))
    """conversation, handover, alarm, seat, callback or order."""
    key: Mapped[str] = mapped_column(String(64))
    """Which one. Hand-overs go by their conversation."""


class Happening:
    """Mixed into an append-only table: storing a row stores a `Change` in the same transaction,
    and what webhooks are to be told of it."""

    at: Mapped[datetime] = mapped_column(Instant)

    def concerns(self) -> tuple[str, str]:
        """Topic and key of the change."""
        raise NotImplementedError


@event.listens_for(Happening, "after_insert", propagate=True)
def _note(_mapper: Mapper[Any], connection: Connection, row: Happening) -> None:
    topic, key = row.concerns()
    connection.execute(insert(Change).values(at=row.at, topic=topic, key=key))
    record(connection, topic, key, row)
