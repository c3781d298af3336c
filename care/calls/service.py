"""Begins, continues, ends, finds and forgets the records of calls.

These functions write in the caller's transaction; a call in progress uses care.calls.record,
which never makes it wait.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.calls.detail import HIDDEN, Detail, kept, without_words
from care.calls.kind import SPOKEN, Consent, Direction, Kind
from care.calls.model import Call, CallEvent

_KIND = 32
"""Characters of an event's kind."""
_TYPING = timedelta(seconds=5)
"""A key that comes sooner after another belongs to a number, which is nobody's business."""
_LONGEST = 3_600.0
"""Seconds of one sentence; a longer one is a mistake."""


@dataclass(frozen=True)
class NewCall:
    """What is known when a telephone rings."""

    leg: str
    direction: Direction
    channel: str
    caller: str | None = None
    called: str | None = None
    process: str = ""
    peer: str | None = None


class CallNotFoundError(LookupError):
    """No call has this reference."""


def new_ref(now: datetime) -> str:
    """A reference that is almost certainly free: C, the day, eight hexadecimal digits."""
    return f"C{now:%y%m%d}-{secrets.token_hex(4).upper()}"


def begin(session: Session, new: NewCall, now: datetime, ref: str | None = None) -> Call:
    """Stores a call that rings; a reference that is taken gives way to another."""
    while True:
        call = Call(ref=ref or new_ref(now), started_at=now, **_fitting(new))
        try:
            with session.begin_nested():
                session.add(call)
        except IntegrityError:
            if session.scalar(select(Call.id).where(Call.ref == call.ref)) is None:
                raise
            ref = None
        else:
            note(session, call.id, Kind.RANG, {}, now)
            return call


def note(session: Session, call_id: int, kind: str, detail: Detail, now: datetime) -> None:
    """Appends an event, without words where the caller refused that they are kept.

    What somebody said is noted when it is over, and stored with the moment when it began.
    """
    call = _call(session, call_id)
    held = kept(kind, detail, words=_may_keep_words(call))
    at = now
    if kind in SPOKEN:
        at = max(now - _lasted(held), min(call.started_at, now))
    if kind == Kind.KEY and _types(session, call_id, now):
        held["digit"] = HIDDEN
    session.add(CallEvent(call_id=call_id, at=at, kind=kind[:_KIND], detail=held))


def answer(session: Session, call_id: int, now: datetime) -> None:
    """The call was picked up."""
    _call(session, call_id).answered_at = now
    note(session, call_id, Kind.ANSWERED, {}, now)


def belongs(
    session: Session,
    call_id: int,
    *,
    elder_id: int | None = None,
    conversation_id: int | None = None,
) -> None:
    """Says whose call it is; None leaves what is known."""
    call = _call(session, call_id)
    call.elder_id = elder_id or call.elder_id
    call.conversation_id = conversation_id or call.conversation_id


def set_consent(session: Session, call_id: int, consent: Consent, now: datetime) -> None:
    """Keeps the caller's decision; a refusal also forgets the words that are there already."""
    _call(session, call_id).consent = consent
    note(session, call_id, Kind.CONSENT, {"answer": consent}, now)
    if consent == Consent.REFUSED:
        forget_words(session, call_id)


def end(session: Session, call_id: int, why: str, now: datetime) -> None:
    """Ends a call once; what nobody agreed to be kept is forgotten."""
    call = _call(session, call_id)
    if call.ended_at is not None:
        return
    call.ended_at, call.why = now, str(kept(Kind.ENDED, {"why": why}, words=False)["why"])
    note(session, call_id, Kind.ENDED, {"why": why}, now)
    if call.consent != Consent.GIVEN:
        forget_words(session, call_id)


def forget_words(session: Session, call_id: int) -> None:
    """Takes what was said out of a call's events; who spoke when stays."""
    session.flush()
    query = select(CallEvent).where(CallEvent.call_id == call_id, CallEvent.kind.in_(SPOKEN))
    for event in session.scalars(query):
        if "text" in event.detail:
            event.detail = without_words(event.detail)


def find(session: Session, ref: str) -> Call:
    """The call of a reference, in whatever letters it is written. Raises CallNotFoundError."""
    call = session.scalar(select(Call).where(Call.ref == ref.strip().upper()))
    if call is None:
        raise CallNotFoundError(f"no call has the reference {ref}")
    return call


def recent(session: Session, count: int = 20) -> list[Call]:
    """The last calls, newest first."""
    return list(session.scalars(select(Call).order_by(Call.id.desc()).limit(count)))


def events(session: Session, call_id: int) -> list[CallEvent]:
    """The call's course in the order of time."""
    query = select(CallEvent).where(CallEvent.call_id == call_id)
    return list(session.scalars(query.order_by(CallEvent.at, CallEvent.id)))


def close_abandoned(session: Session, process: str, now: datetime) -> list[Call]:
    """Ends the calls that a crash of this process left open: with the last that is known of them.

    To be called when the process starts, before its first call.
    """
    query = select(Call).where(
        Call.process == process, Call.ended_at.is_(None), Call.started_at <= now
    )
    left = list(session.scalars(query))
    for call in left:
        last = max(
            event.at + (_lasted(event.detail) if event.kind in SPOKEN else timedelta())
            for event in events(session, call.id)
        )
        end(session, call.id, "crashed", min(last, now))
    return left


def _fitting(new: NewCall) -> dict[str, str | None]:
    """What a carrier tells may be too long, and must not cost the record."""
    columns = Call.__table__.columns
    return {
        name: value and value[: columns[name].type.length]  # type: ignore[attr-defined]
        for name, value in vars(new).items()
    }


def _may_keep_words(call: Call) -> bool:
    """While nobody has asked they are kept until the end of the call (`end` forgets them)."""
    return call.consent == Consent.GIVEN or (
        call.consent == Consent.UNKNOWN and call.ended_at is None
    )


def _lasted(detail: Detail) -> timedelta:
    seconds = detail.get("seconds")
    if not isinstance(seconds, int | float):
        return timedelta()
    return timedelta(seconds=min(max(seconds, 0.0), _LONGEST))


def _types(session: Session, call_id: int, now: datetime) -> bool:
    """Whether another key was pressed just before."""
    query = select(CallEvent.id).where(
        CallEvent.call_id == call_id, CallEvent.kind == Kind.KEY, CallEvent.at > now - _TYPING
    )
    return session.scalar(query.limit(1)) is not None


def _call(session: Session, call_id: int) -> Call:
    """The row; held until the session ends, so that many notes in one transaction read it once."""
    call = session.get_one(Call, call_id)
    held: dict[int, Call] = session.info.setdefault("calls", {})
    held[call_id] = call
    return call
