"""The plan of a month: made as often as wanted, each visit of it once.

Elders change: whoever moves, or lives otherwise than before, gets a visit more or none, and a month
that is over leaves its visits missed. Each portion is one transaction, so that nobody waits long.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, String, and_, or_, select
from sqlalchemy.orm import Session

from care.elders.consent import Consent, agreed_among
from care.elders.model import ACTIVE, Elder
from care.stopping import Stopped, never
from care.storage.engine import Sessions
from care.visits.model import Visit, VisitEvent
from care.visits.month import first_of, share
from care.visits.rules import SEVERE, Rule, Rules, Situations, Within, lives
from care.visits.state import How, State, Why
from care.visits.stewards import Stewards

_PORTION = 500
"""Elders, or visits, of one transaction."""
_PLAN = "plan"


@dataclass(frozen=True)
class Made:
    """What a run changed."""

    planned: int = 0
    dropped: int = 0
    changed: int = 0
    missed: int = 0

    def __add__(self, other: "Made") -> "Made":
        return Made(*(a + b for a, b in zip(self._all(), other._all(), strict=True)))

    def _all(self) -> tuple[int, ...]:
        return (self.planned, self.dropped, self.changed, self.missed)


@dataclass
class Planner:
    """Goes through all elders, a few thousand at a time, and begins anew when it is through."""

    sessions: Sessions
    rules: Rules
    within: Within
    telephones: bool = True
    """Whether the assistant calls at all; where it does not, somebody comes to everybody."""
    _after: int = 0
    """The elder who was seen last."""

    def due(self, now: datetime, portions: int = 10, stopped: Stopped = never) -> Made:
        """Ends what is over and plans the month of `now` for the next elders. Whatever was done
        already isn't done again."""
        month = first_of(now.date())
        made = Made(missed=sum(_miss(self.sessions, month, now)))
        for _ in range(portions):
            if stopped():
                break
            with self.sessions.begin() as session:
                portion = _portion(session, month, self._after)
                if portion:
                    made += self._plan(session, portion, month, now)
            self._after = portion[-1].id if portion else 0
            if not portion:
                break
        return made

    @property
    def through(self) -> bool:
        """Whether every elder was seen."""
        return self._after == 0

    def _plan(self, session: Session, portion: "_Elders", month: date, now: datetime) -> Made:
        ids = [elder.id for elder in portion]
        there: dict[int, dict[int, Visit]] = {}
        query = select(Visit).where(Visit.elder_id.in_(ids), Visit.month == month)
        for visit in session.scalars(query):
            there.setdefault(visit.elder_id, {})[visit.nth] = visit
        running = _running(session, ids)
        agreed = agreed_among(session, ids, Consent.VISITS) if self.telephones else frozenset()
        stewards = Stewards(session, self.within)
        made = Made()
        for elder in portion:
            situations = lives(elder.situations, elder.ability)
            rule = self._rule(elder.region, situations, elder.state)
            planned = there.get(elder.id, {})
            if rule is not None:
                counts = self.rules.by_phone(situations, running.get(elder.id, 0))
                by_phone = elder.id in agreed and counts
                steward_id = stewards.of(elder.region)
                wish = _Wish(elder.id, elder.region, rule, by_phone, steward_id, self.rules)
                made += wish.meet(session, planned, month, now)
            made += _drop(session, planned, rule.times if rule else 0, now)
        return made

    def _rule(self, region: str | None, situations: Situations, state: str) -> Rule | None:
        if state != ACTIVE:
            return None
        return self.rules.rule_for(region, situations, self.within)


def reassign(session: Session, within: Within, *, by: str, now: datetime) -> None:
    """After stewards changed: what is planned goes to whoever looks after its region now."""
    stewards = Stewards(session, within)
    planned = Visit.state == State.PLANNED
    for region in session.scalars(select(Visit.region).where(planned).distinct()).all():
        steward = stewards.of(region)
        others = Visit.steward_id.is_distinct_from(steward)
        for visit in session.scalars(select(Visit).where(planned, Visit.region == region, others)):
            visit.steward_id = steward
            session.add(VisitEvent(visit_id=visit.id, at=now, kind="assigned", by=by))


def _miss(sessions: Sessions, month: date, now: datetime) -> Iterator[int]:
    while True:
        with sessions.begin() as session:
            query = select(Visit).where(Visit.month < month, Visit.state == State.PLANNED)
            found = list(session.scalars(query.order_by(Visit.id).limit(_PORTION)))
            for visit in found:
                _turn(session, visit, State.MISSED, now)
        if not found:
            return
        yield len(found)


_Elders = Sequence[Row[int, str | None, Situations, int | None, str]]


def _portion(session: Session, month: date, after: int) -> _Elders:
    """The next elders who may be due a visit, or have one planned."""
    planned = select(Visit.id).where(
        Visit.elder_id == Elder.id, Visit.month == month, Visit.state == State.PLANNED
    )
    lives_so = Elder.situations.cast(String) != ""
    may_be = and_(Elder.state == ACTIVE, or_(lives_so, Elder.ability >= SEVERE))
    return session.execute(
        select(Elder.id, Elder.region, Elder.situations, Elder.ability, Elder.state)
        .where(Elder.id > after, or_(may_be, planned.exists()))
        .order_by(Elder.id)
        .limit(_PORTION)
    ).all()


def _running(session: Session, ids: Sequence[int]) -> Mapping[int, int]:
    """How many of the last visits followed one another by telephone."""
    query = (
        select(Visit.elder_id, Visit.done_how)
        .where(Visit.elder_id.in_(ids), Visit.state == State.DONE)
        .order_by(Visit.elder_id, Visit.done_at.desc(), Visit.id.desc())
    )
    counts: dict[int, int] = {}
    over: set[int] = set()
    for elder_id, how in session.execute(query):
        if how != How.PHONE:
            over.add(elder_id)
        elif elder_id not in over:
            counts[elder_id] = counts.get(elder_id, 0) + 1
    return counts


@dataclass(frozen=True)
class _Wish:
    """What one elder is to get this month."""

    elder_id: int
    region: str | None
    rule: Rule
    by_phone: bool
    steward_id: int | None
    rules: Rules

    def meet(
        self, session: Session, there: Mapping[int, Visit], month: date, now: datetime
    ) -> Made:
        made = Made()
        for nth in range(1, self.rule.times + 1):
            if nth in there:
                made += self._keep(session, there[nth], now)
            else:
                made += self._add(session, month, nth, now)
        return made

    def _add(self, session: Session, month: date, nth: int, now: datetime) -> Made:
        days = share(month, nth, self.rule.times)
        if days.last < now.date():
            return Made()  # nobody can be visited in the past
        visit = Visit(
            elder_id=self.elder_id,
            month=month,
            nth=nth,
            due_from=max(days.first, now.date()),
            due_on=days.last,
            state=State.PLANNED,
            in_person=Why.LATE if self._is_late(days.last, now) else None,
            **self._follows(),
        )
        session.add(visit)
        session.flush()
        session.add(VisitEvent(visit_id=visit.id, at=now, kind="planned", by=_PLAN))
        return Made(planned=1)

    def _keep(self, session: Session, visit: Visit, now: datetime) -> Made:
        """A visit that is planned follows the elder; one that was dropped is wanted again."""
        if visit.state == State.DROPPED:
            _turn(session, visit, State.PLANNED, now)
        elif visit.state != State.PLANNED:
            return Made()
        changed = {k: v for k, v in self._follows().items() if getattr(visit, k) != v}
        for key, value in changed.items():
            setattr(visit, key, value)
        if changed:
            kind = "assigned" if set(changed) == {"steward_id"} else "changed"
            session.add(VisitEvent(visit_id=visit.id, at=now, kind=kind, by=_PLAN))
        late = visit.in_person is None and self._is_late(visit.due_on, now)
        if late:
            visit.in_person = Why.LATE
            told = {"kind": "in_person", "by": _PLAN, "note": Why.LATE}
            session.add(VisitEvent(visit_id=visit.id, at=now, **told))
        return Made(changed=1) if changed or late else Made()

    def _is_late(self, due_on: date, now: datetime) -> bool:
        return self.by_phone and self.rules.is_late(due_on, now.date())

    def _follows(self) -> dict[str, object]:
        return {
            "region": self.region,
            "rule": self.rule.id,
            "by_phone": self.by_phone,
            "steward_id": self.steward_id,
        }


def _drop(session: Session, there: Mapping[int, Visit], times: int, now: datetime) -> Made:
    """Visits that nobody asks for any more."""
    needless = [v for nth, v in there.items() if nth > times and v.state == State.PLANNED]
    for visit in needless:
        _turn(session, visit, State.DROPPED, now)
    return Made(dropped=len(needless))


def _turn(session: Session, visit: Visit, state: State, now: datetime) -> None:
    visit.state = state
    session.add(VisitEvent(visit_id=visit.id, at=now, kind=state, by=_PLAN))
