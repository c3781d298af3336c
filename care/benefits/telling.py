"""Elders to be told: asked for by a click, sent by whichever process has the channel."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from care.benefits import life
from care.benefits.draft import Draft
from care.benefits.model import BenefitCase, BenefitNotice
from care.benefits.state import State, Step

HELD = timedelta(minutes=10)
"""Longer than any call. Who has not answered by then was killed in the middle: it is sent again,
under the same key, by which whoever got it isn't told twice."""
CALLS_FROM, CALLS_UNTIL = time(9), time(19)
"""Nobody is telephoned with good news while they sleep."""
_OPEN = ("waiting", "sending")


class AlreadyAskedError(RuntimeError):
    """The elder is being told of this already."""


@dataclass(frozen=True)
class Outgoing:
    """One notice that this process has to send now."""

    number: int
    elder_id: int
    channel: str
    text: str
    spoken: str

    @property
    def key(self) -> str:
        """Of the notice (`care.notices.port.Notice`)."""
        return f"benefit/{self.number}"


def ask(
    session: Session, number: int, channel: str, draft: Draft, *, by: str, now: datetime
) -> None:
    """Puts it in the outbox; the caller commits. Raises CaseNotFoundError, NotNowError, and
    AlreadyAskedError while an earlier notice is on its way."""
    case = session.get(BenefitCase, number, with_for_update=True)
    if case is None:
        raise life.CaseNotFoundError(f"benefit case {number}")
    if State(case.state) not in (State.NEW, State.TOLD):
        raise life.NotNowError(State(case.state))
    under_way = select(BenefitNotice.id).where(
        BenefitNotice.case_id == number, BenefitNotice.state.in_(_OPEN)
    )
    if session.scalar(under_way.limit(1)) is not None:
        raise AlreadyAskedError
    session.add(
        BenefitNotice(
            case_id=number,
            channel=channel,
            text=draft.text,
            spoken=draft.spoken,
            by=by,
            asked_at=now,
        )
    )
    life.keep_event(session, number, "asked", by=by, now=now, note=channel)


def claim(session: Session, channel: str, owner: str, now: datetime) -> Outgoing | None:
    """The oldest notice for this channel, now this process's; None when there is nothing to do."""
    if channel == "call" and not CALLS_FROM <= now.time() < CALLS_UNTIL:
        return None
    due = or_(
        BenefitNotice.state == "waiting",
        and_(BenefitNotice.state == "sending", BenefitNotice.held_until < now),
    )
    query = (
        select(BenefitNotice)
        .where(BenefitNotice.channel == channel, due)
        .order_by(BenefitNotice.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.scalar(query)
    if row is None:
        return None
    row.state, row.owner, row.held_until = "sending", owner, now + HELD
    elder_id = session.get_one(BenefitCase, row.case_id).elder_id
    return Outgoing(row.id, elder_id, row.channel, row.text, row.spoken)


def ended(session: Session, outgoing: Outgoing, owner: str, reached: bool, now: datetime) -> None:
    """What came of it. Nothing is written when another process has taken the notice since."""
    mine = update(BenefitNotice).where(
        BenefitNotice.id == outgoing.number, BenefitNotice.owner == owner
    )
    values = {"state": "told" if reached else "failed", "ended_at": now, "held_until": None}
    done = session.execute(
        mine.where(BenefitNotice.state == "sending")
        .values(**values)
        .returning(BenefitNotice.case_id, BenefitNotice.by)
    ).first()
    if done is None:
        return
    number, by = done
    if not reached:
        life.keep_event(session, number, "missed", by=by, now=now, note=outgoing.channel)
        return
    try:
        life.take_step(session, number, Step.TELL, by=by, now=now, note=outgoing.channel)
    except life.NotNowError:  # meanwhile it went on, or lapsed: that they were told stays true
        life.keep_event(session, number, Step.TELL.value, by=by, now=now, note=outgoing.channel)


def under_way(session: Session, numbers: Collection[int]) -> dict[int, str]:
    """The channel of the open notice, by case."""
    query = select(BenefitNotice).where(
        BenefitNotice.case_id.in_(numbers), BenefitNotice.state.in_(_OPEN)
    )
    return {notice.case_id: notice.channel for notice in session.scalars(query)}
