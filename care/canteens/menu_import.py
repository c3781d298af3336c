"""Sheets with menus that somebody uploaded: kept until they say yes or no."""

import json
from datetime import datetime

from sqlalchemy.orm import Session

from care.canteens.dish_reading import Typed
from care.canteens.model import MenuImport
from care.canteens.refused import RefusedError

WAITING, DONE, DROPPED = "waiting", "done", "dropped"


def keep(
    session: Session,
    canteen_id: int,
    rows: list[tuple[int, Typed]],
    *,
    file: str,
    by: str,
    now: datetime,
) -> MenuImport:
    """Stores what `menu_sheet.rows_of` read."""
    kept = MenuImport(
        canteen_id=canteen_id,
        at=now,
        by=by,
        file=file[:100],
        rows=json.dumps(rows, ensure_ascii=False),
        state=WAITING,
    )
    session.add(kept)
    session.flush()
    return kept


def waiting(session: Session, number: int, who: str) -> MenuImport:
    """Theirs, held until the transaction ends. Raises RefusedError."""
    found = session.get(MenuImport, number, with_for_update=True)
    if found is None or found.by != who or found.state != WAITING:
        raise RefusedError("import_gone")
    return found


def kept_rows(kept: MenuImport) -> list[tuple[int, Typed]]:
    """What `keep` was given."""
    return [(number, typed) for number, typed in json.loads(kept.rows or "[]")]


def end(kept: MenuImport, state: str, now: datetime, dishes: int = 0) -> None:
    """Nothing of its rows stays; `dishes` were put up."""
    kept.rows, kept.state, kept.ended_at, kept.dishes = None, state, now, dishes
