"""Deletes what may not be kept any longer: sound and words that are too old, or never agreed to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from care.calls import recordings, service
from care.calls.kind import Consent, Kind
from care.calls.model import Call, CallEvent, CallRecording
from care.stopping import Stopped, never
from care.storage.engine import Sessions

log = structlog.get_logger(__name__)

_BATCH = 50
"""Calls a transaction, so that calls in progress wait little."""


@dataclass(frozen=True)
class Expired:
    """What one run did."""

    calls: int
    """Whose words were forgotten."""
    files: int
    """That were deleted."""
    stuck: int
    """That could not be deleted; the next run tries again."""


def expire(
    sessions: Sessions, folder: Path, now: datetime, days: int, stopped: Stopped = never
) -> Expired:
    """Deletes the recordings, and forgets the words, of calls older than `days`.

    Times, numbers and outcomes stay. Raises ValueError for days below 1.
    """
    if days < 1:
        raise ValueError(f"expected at least 1 day, got {days}")
    limit = now - timedelta(days=days)
    calls = files = stuck = 0
    after = 0
    while not stopped():
        with sessions.begin() as session:
            batch = _old_calls(session, limit, after)
            for call in batch:
                gone, left = _delete(session, folder, call.id, "expired", now)
                service.forget_words(session, call.id)
                if not left:
                    service.note(session, call.id, Kind.EXPIRED, {"files": gone}, now)
                calls, files, stuck = calls + 1, files + gone, stuck + left
        if not batch:
            break
        after = batch[-1].id
    strays, left = _delete_strays(sessions, folder, limit)
    return Expired(calls, files + strays, stuck + left)


def settle(sessions: Sessions, folder: Path, process: str, now: datetime) -> list[str]:
    """Puts right what a crash left: for the start of a process, before its first call.

    Ends its open calls, and deletes the recordings of every ended call whose caller did not agree.
    Gives the references of the calls that were open.
    """
    with sessions.begin() as session:
        left = [call.ref for call in service.close_abandoned(session, process, now)]
        unwanted = (
            select(Call.id)
            .join(CallRecording)
            .where(
                Call.consent != Consent.GIVEN,
                Call.ended_at.is_not(None),
                CallRecording.deleted_at.is_(None),
            )
        )
        for call_id in set(session.scalars(unwanted)):
            _delete(session, folder, call_id, "refused", now)
    return left


def _old_calls(session: Session, limit: datetime, after: int) -> list[Call]:
    treated = select(CallEvent.id).where(
        CallEvent.call_id == Call.id, CallEvent.kind == Kind.EXPIRED
    )
    query = select(Call).where(Call.started_at < limit, Call.id > after, ~treated.exists())
    return list(session.scalars(query.order_by(Call.id).limit(_BATCH)))


def _delete(
    session: Session, folder: Path, call_id: int, why: str, now: datetime
) -> tuple[int, int]:
    """How many files of a call were deleted, and how many couldn't be."""
    there = [row for row in recordings.of_call(session, call_id) if row.deleted_at is None]
    gone = [row for row in there if _unlink(folder / row.path)]
    for row in gone:
        recordings.deleted(session, row.path, why, now)
    return len(gone), len(there) - len(gone)


def _delete_strays(sessions: Sessions, folder: Path, limit: datetime) -> tuple[int, int]:
    """Files of bygone months that no row knows: a crash came before the row."""
    gone = left = 0
    for month in sorted(_months_before(folder, f"{limit:%Y-%m}")):
        with sessions() as session:
            known = set(
                session.scalars(
                    select(CallRecording.path).where(
                        CallRecording.path.startswith(f"{month.name}/", autoescape=True),
                        CallRecording.deleted_at.is_(None),
                    )
                )
            )
        strays = [file for file in month.iterdir() if f"{month.name}/{file.name}" not in known]
        deleted = sum(_unlink(file) for file in strays)
        gone, left = gone + deleted, left + len(strays) - deleted
        if not any(month.iterdir()):
            month.rmdir()
    return gone, left


def _months_before(folder: Path, month: str) -> Iterable[Path]:
    if not folder.is_dir():
        return []
    return [path for path in folder.glob("[0-9][0-9][0-9][0-9]-[01][0-9]") if path.name < month]


def _unlink(file: Path) -> bool:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        log.error("recording_not_deleted", errno=error.errno)
        return False
    return True
