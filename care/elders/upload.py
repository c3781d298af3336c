"""Table of sheets that somebody uploaded: what waits for a yes, and what became of it."""

import json
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from care.elders.sheet import Sheet
from care.storage.base import Base, Instant
from care.storage.seal import Sealed

WAITING, DONE, DROPPED = "waiting", "done", "dropped"


class ElderImport(Base):
    """One sheet. Its rows are forgotten as soon as they are imported, or nobody wants them."""

    __tablename__ = "elder_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(64))
    file: Mapped[str] = mapped_column(String(100))
    """Its name on the computer it came from."""
    rows: Mapped[str | None] = mapped_column(Sealed("elder_imports.rows"))
    """JSON: what is in a Sheet."""
    state: Mapped[str] = mapped_column(String(16), default=WAITING)
    """waiting, done or dropped."""
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)


def keep(session: Session, sheet: Sheet, *, file: str, by: str, now: datetime) -> ElderImport:
    """Stores a sheet until somebody says yes or no to it."""
    rows = json.dumps(vars(sheet), ensure_ascii=False)
    kept = ElderImport(at=now, by=by, file=file[:100], rows=rows)
    session.add(kept)
    session.flush()
    return kept


def kept_sheet(kept: ElderImport) -> Sheet:
    """What `keep` was given."""
    told = json.loads(kept.rows or '{"rows": []}')
    if isinstance(told, list):  # kept by a release that did not know of heads
        told = {"rows": told}
    return Sheet(
        [(number, typed) for number, typed in told["rows"]], tuple(told.get("unknown", ()))
    )


def end(kept: ElderImport, state: str, now: datetime) -> None:
    """Nothing of its rows stays."""
    kept.rows, kept.state, kept.ended_at = None, state, now
