"""Times the search as the desk and the telephone do it, and a plain one on the same rows."""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.elders.population import fill, names, phone_of
from care.elders.finding import find
from care.elders.lists import own_lists
from care.elders.model import Elder
from care.elders.service import by_calling_number
from care.storage.engine import open_engine, open_sessions
from care.storage.migrate import upgrade

GOAL = 20.0
"""Milliseconds."""
_TIMES = 300
_RIVAL_TIMES = 20
_SEED = 4


@dataclass(frozen=True)
class Timing:
    """One way of finding, in milliseconds: query, rows, and opening what is sealed."""

    what: str
    median: float
    late: float
    """What 95 of 100 stay below."""
    worst: float
    found: float
    """Of 100 searches, how many led to somebody."""
    is_ours: bool

    @property
    def reaches_goal(self) -> bool:
        """Whether 95 of 100 are below the goal."""
        return self.late < GOAL


def run(url: str, key: Path, count: int = 1_000_000) -> list[Timing]:
    """Fills an empty PostgreSQL database with `count` elders and measures. Takes some minutes."""
    engine = open_engine(url, key)
    upgrade(engine)
    fill(engine, count)
    sample = random.Random(_SEED).sample(range(count), _TIMES)  # noqa: S311 - the same every time
    wanted = set(sample)
    known = {number: name for number, name in enumerate(names(count)) if number in wanted}
    phones = [phone_of(number) for number in sample]
    called = [known[number] for number in sample]
    with open_sessions(engine)() as session:
        leagues = {
            name: _league(session, phone) for name, phone in zip(called, phones, strict=True)
        }
        timings = [
            _timed("号码（来电）", phones, lambda each: by_calling_number(session, each)),
            _timed("姓名", called, lambda each: find(session, each).elders),
            _timed(
                "听着一样的姓名",
                [_misheard(each) for each in called],
                lambda each: find(session, each).elders,
            ),
            _timed("姓和名的头一个字", [n[:2] for n in called], lambda n: find(session, n).elders),
            _timed("只有姓", [name[0] for name in called], lambda n: find(session, n).elders),
            _timed(
                "姓名，在自己的盟市里",
                called,
                lambda each: find(session, each, regions=leagues[each]).elders,
            ),
            _timed(
                "对照：LIKE '%姓名%'",
                called[:_RIVAL_TIMES],
                lambda each: _containing(session, each),
                is_ours=False,
            ),
        ]
    engine.dispose()
    return timings


def _league(session: Session, phone: str) -> list[str]:
    """All regions of the league or city that somebody lives in, or of their province."""
    lists = own_lists()
    region = session.scalars(select(Elder.region).where(Elder.phone == phone)).one()
    province, *deeper = lists.regions.path(region or "")
    return lists.regions_in(deeper[0] if deeper else province)


def _containing(session: Session, name: str) -> Sequence[Elder]:
    """What a desk without sounds does, and finds one way of writing alone."""
    query = select(Elder).where(Elder.name.contains(name)).order_by(Elder.id).limit(20)
    return session.scalars(query).all()


def _misheard(name: str) -> str:
    """Other signs of the same sound, as a recogniser writes a name that it doesn't know."""
    return "".join(_OTHER.get(sign, sign) for sign in name)


def _timed(
    what: str, inputs: list[str], search: Callable[[str], object], *, is_ours: bool = True
) -> Timing:
    search(inputs[0])
    took, found = [], 0
    for each in inputs:
        began = time.perf_counter()
        found += bool(search(each))
        took.append((time.perf_counter() - began) * 1000)
    late = statistics.quantiles(took, n=20)[-1]
    share = 100 * found / len(inputs)
    return Timing(what, statistics.median(took), late, max(took), share, is_ours)


_OTHER = dict(zip("王张刘陈桂兰英秀华玉珍国建军", "汪章留成贵蓝应绣花裕真锅件君", strict=True))
