"""The nightly round over all elders, beside the plain way on a sample, on one database."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from benchmarks.services.population import fill
from care.benefits.eligible import eligible
from care.benefits.model import BenefitCase, BenefitEvent
from care.benefits.night import Night
from care.benefits.plan import first_state
from care.clock import SHANGHAI
from care.elders.model import Elder
from care.elders.profile import profile_of
from care.entitlements.load import Entitlements
from care.storage.engine import Sessions

ELDERS = 100_000
SAMPLE = 500
"""Elders whom the plain way looks at."""
_NIGHT = datetime(2026, 11, 21, 1, 0, tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Rounds:
    """Seconds by the wall's clock, and of one processor."""

    database: str
    elders: int
    rules: int
    first: float
    """Seconds of a first night, in which everything is new."""
    first_cpu: float
    found: int
    again: float
    """Seconds of the next night, in which nothing is."""
    plain: float
    """Seconds an elder: one decision over all rules, and one commit for each row."""

    @property
    def ratio(self) -> float:
        """How many times the plain way's speed a first night has."""
        return self.plain * self.elders / self.first


def rounds(name: str, sessions: Sessions, elders: int = ELDERS) -> Rounds:
    """Fills an empty database and measures on it."""
    fill(sessions, elders)
    entitlements = Entitlements.load()
    plain = _plain(sessions, entitlements, min(SAMPLE, elders))
    first, cpu, found = _timed(lambda: _night(sessions, entitlements, _NIGHT))
    again, _cpu, _none = _timed(lambda: _night(sessions, entitlements, _NIGHT + timedelta(days=1)))
    count = len(entitlements.rules)
    return Rounds(name, elders, count, first, cpu, found, again, plain / min(SAMPLE, elders))


def _night(sessions: Sessions, entitlements: Entitlements, now: datetime) -> int:
    done = Night(sessions, entitlements, lambda: now, now.isoformat()).run()
    return done.found if done else 0


def _plain(sessions: Sessions, entitlements: Entitlements, count: int) -> float:
    """What anybody would write first; takes its rows back afterwards."""
    with sessions() as session:
        ids = session.scalars(select(Elder.id).order_by(Elder.id).limit(count)).all()
    began = time.perf_counter()
    for number in ids:
        with sessions() as session:
            profile = profile_of(session.get_one(Elder, number), _NIGHT.date())
        for each in eligible(entitlements, profile):
            with sessions.begin() as session:
                case = BenefitCase(
                    elder_id=number,
                    rule=each.rule.id,
                    benefit=each.rule.benefit,
                    region=profile.region,
                    state=first_state(each).value,
                    missing=each.missing,
                    found_at=_NIGHT,
                    changed_at=_NIGHT,
                )
                session.add(case)
                session.flush()
                session.add(BenefitEvent(case_id=case.id, at=_NIGHT, kind="found", by="plain"))
    took = time.perf_counter() - began
    with sessions.begin() as session:
        for table in (BenefitEvent, BenefitCase):
            session.execute(delete(table))
    return took


def _timed(run: Callable[[], int]) -> tuple[float, float, int]:
    wall, processor = time.perf_counter(), time.process_time()
    result = run()
    return time.perf_counter() - wall, time.process_time() - processor, result
