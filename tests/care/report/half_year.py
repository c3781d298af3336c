"""A half-year with something of everything in it, in three regions."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from care.alarms.model import Alarm
from care.alarms.words import Words as AlarmWords
from care.benefits.model import BenefitCase, BenefitEvent
from care.catalogue.service import Catalogue
from care.complaints.model import Complaint
from care.data_files import DATA
from care.elders.model import DECEASED, Elder
from care.figures.period import Span, period
from care.orders.model import Order
from care.orders.state import CANCELLED, CLOSED, DONE, REVIEWED
from care.regions.region import Regions
from care.report.build import Builder, Report
from care.report.words import Words
from care.visits.model import Visit
from care.visits.state import How, State
from tests.care.operators.people import Time
from tests.conftest import NOW

CLOCK = Time(NOW)
HALF = period(Span.HALF_YEAR, NOW.date())
EMPTY = period(Span.HALF_YEAR, date(2024, 3, 1))
BUILDER = Builder(
    Words.load(),
    AlarmWords.load(),
    Catalogue.load(DATA),
    Regions.load(DATA / "regions.yml"),
    CLOCK,
)


def fill(session: Session) -> None:
    """Three elders of whom one has no region; one more who died, and one who came later."""
    elders = [
        _elder(1, "达来呼布镇", situations=frozenset({"独居", "空巢"}), ability=3),
        _elder(2, "额济纳旗", situations=frozenset({"独居"})),
        _elder(3, None),
        _elder(4, "额济纳旗", state=DECEASED),
        _elder(5, "额济纳旗", added_at=HALF.until),
    ]
    session.add_all(elders)
    session.flush()
    first, last = HALF.on, HALF.after - timedelta(days=1)
    orders = [
        _order(1, "午餐", first, "达来呼布镇", DONE, count=2),
        _order(2, "晚餐", last, "额济纳旗", CLOSED),
        _order(3, "理发", first, "达来呼布镇", REVIEWED, score=5, elder=1, free=90),
        _order(4, "理发", last, "额济纳旗", REVIEWED, score=2, elder=1, free=30),
        _order(5, "午餐", first - timedelta(days=1), "额济纳旗", DONE),
        _order(6, "午餐", HALF.after, "额济纳旗", DONE),
        _order(7, "午餐", first, "额济纳旗", CANCELLED),
        _order(8, "已经没有的服务", first, None, DONE),
    ]
    session.add_all(orders)
    session.add_all(
        [
            _visit(1, "达来呼布镇", State.DONE, How.HOME),
            _visit(2, "额济纳旗", State.DONE, How.PHONE),
            _visit(3, "额济纳旗", State.MISSED),
            _visit(4, "额济纳旗", State.DROPPED),
            _alarm(1, elder=1, waited=30),
            _alarm(2, elder=None, waited=90),
        ]
    )
    session.flush()
    session.add(
        Complaint(order_id=orders[3].id, kind="late", text="来晚了", made_at=NOW, due_at=NOW)
    )
    case = BenefitCase(
        elder_id=1, rule="ejina-old-age-80", benefit="高龄津贴", region="达来呼布镇",
        state="told", found_at=NOW, changed_at=NOW,
    )  # fmt: skip
    session.add(case)
    session.flush()
    kinds = ("found", "told", "told")
    session.add_all(BenefitEvent(case_id=case.id, at=NOW, kind=kind, by="li") for kind in kinds)


def totals(report: Report) -> dict[str, float]:
    """By the names of the counts; those of nothing left out."""
    numbers = [number for chapter in report.chapters for number in chapter.numbers]
    return {number.id: number.value for number in numbers if number.value}


def _elder(number: int, region: str | None, **known: object) -> Elder:
    usual = {"phone": f"1380000000{number}", "birth_date": date(1940, 1, 1)}
    return Elder(name="王秀英", region=region, **(usual | known))


def _order(
    number: int, service: str, on: date, region: str | None, state: str, **more: int
) -> Order:
    return Order(
        ref=f"100{number}", service=service, on=on, region=region, state=state,
        count=more.get("count", 1), score=more.get("score"), elder_id=more.get("elder"),
        free_minutes=more.get("free", 0), subsidy=0, place="家里", person="王秀英",
        phone="13800000001", placed_at=NOW,
    )  # fmt: skip


def _visit(nth: int, region: str, state: State, how: How | None = None) -> Visit:
    return Visit(
        elder_id=1, month=HALF.on, nth=nth, region=region, rule="r", by_phone=True,
        due_from=HALF.on, due_on=HALF.on, state=state, done_how=how,
    )  # fmt: skip


def _alarm(number: int, *, elder: int | None, waited: int) -> Alarm:
    return Alarm(
        ref=f"A1121-00000{number}", category="fall", severity=2, said="摔了", elder_id=elder,
        raised_at=NOW, acknowledged_at=NOW + timedelta(seconds=waited),
    )  # fmt: skip
