"""Elders for the tests of benefits, and rounds over them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from care.benefits.model import BenefitCase, BenefitEvent
from care.benefits.night import Done, Night, Pace
from care.data_files import DATA
from care.elders.model import Elder
from care.entitlements.load import Entitlements
from care.stopping import Stopped, never
from care.storage.engine import Sessions
from tests.care.operators.people import Time

ENTITLEMENTS = Entitlements.load(DATA)


@dataclass
class Nights:
    """A database, its clock, and nightly rounds over its elders."""

    sessions: Sessions
    clock: Time = field(default_factory=Time)

    def add(self, name: str = "王秀英", **known: object) -> int:
        """An elder; → their id."""
        with self.sessions.begin() as session:
            count = len(session.scalars(select(Elder.id)).all())
            usual = {"phone": f"1380000{count:04}", "birth_date": date(1940, 3, 1)}
            elder = Elder(name=name, **(usual | known))
            session.add(elder)
            session.flush()
            return elder.id

    def change(self, elder_id: int, **changed: object) -> None:
        """Their record is brought up to date."""
        with self.sessions.begin() as session:
            for name, value in changed.items():
                setattr(session.get_one(Elder, elder_id), name, value)

    def night(
        self,
        owner: str = "one",
        batch: int = 2,
        wait: Callable[[float], None] = lambda _s: None,
        stopped: Stopped = never,
    ) -> Done | None:
        """One process's round."""
        pace = Pace(batch, wait)
        return Night(self.sessions, ENTITLEMENTS, self.clock, owner, pace).run(stopped)

    def next_night(self) -> Done | None:
        """The round of the day after."""
        self.clock.passes(days=1)
        return self.night()

    def cases(self, elder_id: int | None = None) -> dict[str, tuple[str, str | None]]:
        """State and missing fact by rule."""
        query = select(BenefitCase).order_by(BenefitCase.id)
        with self.sessions() as session:
            return {
                case.rule: (case.state, case.missing)
                for case in session.scalars(query)
                if elder_id in (None, case.elder_id)
            }

    def number(self, rule: str) -> int:
        """Of the only case of this rule."""
        with self.sessions() as session:
            return session.scalars(select(BenefitCase.id).where(BenefitCase.rule == rule)).one()

    def course(self, rule: str) -> list[tuple[str, str, str]]:
        """Kind, by and note of its events."""
        query = (
            select(BenefitEvent)
            .join(BenefitCase, BenefitCase.id == BenefitEvent.case_id)
            .where(BenefitCase.rule == rule)
            .order_by(BenefitEvent.id)
        )
        with self.sessions() as session:
            return [(each.kind, each.by, each.note) for each in session.scalars(query)]

    @property
    def now(self) -> datetime:
        """By the clock."""
        return self.clock()
