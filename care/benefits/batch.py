"""Reads and writes one batch of the nightly round, each in one short transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.orm import Session, defer

from care.benefits.alike import Finder
from care.benefits.eligible import Eligible
from care.benefits.model import BenefitCase, BenefitEvent, BenefitReceipt
from care.benefits.plan import Change, Plan, first_state, plan
from care.benefits.state import State
from care.changes.model import Change as Told
from care.elders.consent import Consent, ElderConsent
from care.elders.model import ACTIVE, Elder
from care.elders.profile import profile_of
from care.webhooks.recording import Happened, is_told, record_all

ROUND = "round"
"""Who did it, in the events of cases; also the key of the change that tells open pages."""
_TOPIC = "benefit"
_SEALED = (
    Elder.phone,
    Elder.phone_home,
    Elder.identity,
    Elder.address,
    Elder.health,
    Elder.service_code,
)
"""No rule asks for them: they stay closed."""


@dataclass(frozen=True)
class Batch:
    """Elders in the order of their ids, with what is on record of each."""

    elders: Sequence[Elder]
    cases: dict[int, list[BenefitCase]]
    receipts: dict[int, list[BenefitReceipt]]
    refused: frozenset[int]
    """Who doesn't want their data to be used; nothing is found for them."""


@dataclass(frozen=True)
class Written:
    """Rows that became new or to check, and rows that ended."""

    found: int
    lapsed: int


def read(session: Session, after: int, count: int, on: date) -> Batch:
    """The next elders behind the id `after`; empty at the end."""
    query = select(Elder).where(Elder.id > after).order_by(Elder.id).limit(count)
    closed = (defer(column, raiseload=True) for column in _SEALED)
    elders = session.scalars(query.options(*closed)).all()
    if not elders:
        return Batch((), {}, {}, frozenset())
    span = (elders[0].id, elders[-1].id)
    cases: dict[int, list[BenefitCase]] = defaultdict(list)
    for case in session.scalars(select(BenefitCase).where(BenefitCase.elder_id.between(*span))):
        cases[case.elder_id].append(case)
    receipts: dict[int, list[BenefitReceipt]] = defaultdict(list)
    held = select(BenefitReceipt).where(
        BenefitReceipt.elder_id.between(*span),
        or_(BenefitReceipt.ended_on.is_(None), BenefitReceipt.ended_on > on),
    )
    for receipt in session.scalars(held):
        receipts[receipt.elder_id].append(receipt)
    return Batch(elders, cases, receipts, _refused(session, span))


def decide(batch: Batch, find: Finder, on: date) -> list[tuple[Elder, Plan]]:
    """What is to be changed for whom, without the database."""

    def wanted(elder: Elder) -> tuple[Eligible, ...]:
        if elder.state != ACTIVE or elder.id in batch.refused:
            return ()
        return find(profile_of(elder, on))

    return [
        (
            elder,
            plan(wanted(elder), batch.cases.get(elder.id, ()), batch.receipts.get(elder.id, ())),
        )
        for elder in batch.elders
    ]


def _refused(session: Session, span: tuple[int, int]) -> frozenset[int]:
    """Whose last word on the use of their data is no."""
    asked = (ElderConsent.kind == Consent.DATA.value, ElderConsent.elder_id.between(*span))
    last = select(func.max(ElderConsent.id)).where(*asked).group_by(ElderConsent.elder_id)
    query = select(ElderConsent.elder_id).where(
        ElderConsent.id.in_(last), ElderConsent.given.is_(False)
    )
    return frozenset(session.scalars(query))


def write(session: Session, plans: Iterable[tuple[Elder, Plan]], now: datetime) -> Written:
    """Whatever a person did since `read` stays: rows change only from the state that was seen."""
    rows = [
        {
            "elder_id": elder.id,
            "rule": each.rule.id,
            "benefit": each.rule.benefit,
            "region": elder.region,
            "state": first_state(each).value,
            "missing": each.missing,
            "found_at": now,
            "changed_at": now,
        }
        for elder, planned in plans
        for each in planned.opened
    ]
    changes = [
        (elder, change)
        for elder, planned in plans
        for change in planned.changed
        if _changed(session, elder, change, now)
    ]
    events = [
        (change.case.id, change.kind, change.note) for _elder, change in changes if change.kind
    ]
    if rows:
        inserted = insert(BenefitCase).returning(BenefitCase.id)
        # Without the option, rows with and without a missing fact would be sent one by one.
        opened = session.scalars(inserted.execution_options(render_nulls=True), rows)
        events += [(number, "found", "") for number in opened]
    if events:
        _keep(session, events, now)
        # In bulk, which tells no change for each: a hundred thousand need one.
        session.add(Told(at=now, topic=_TOPIC, key=ROUND))
    lapsed = sum(change.state is State.LAPSED for _elder, change in changes)
    return Written(len(rows) + sum(c.kind == "found" for _e, c in changes), lapsed)


def _keep(session: Session, events: Collection[tuple[int, str, str]], now: datetime) -> None:
    """Case, kind and note of each. Their numbers are fetched only for webhooks."""
    rows = [
        {"case_id": case, "at": now, "kind": kind, "by": ROUND, "note": note}
        for case, kind, note in events
    ]
    connection = session.connection()
    if not is_told(connection, _TOPIC, {kind for _case, kind, _note in events}):
        session.execute(insert(BenefitEvent), rows)
        return
    columns = (BenefitEvent.case_id, BenefitEvent.id, BenefitEvent.kind)
    kept = session.execute(insert(BenefitEvent).returning(*columns), rows)
    record_all(connection, _TOPIC, [Happened(*row) for row in kept], now, in_bulk=True)


def _changed(session: Session, elder: Elder, change: Change, now: datetime) -> bool:
    values: dict[str, object] = {
        "state": change.state.value,
        "missing": change.missing,
        "changed_at": now,
    }
    if change.kind == "found":
        values |= {"found_at": now, "region": elder.region}
    done = session.execute(
        update(BenefitCase)
        .where(BenefitCase.id == change.case.id, BenefitCase.state == change.case.state)
        .values(**values)
        .returning(BenefitCase.id)
    )
    return done.first() is not None
