"""Whatever a caller says, in whatever order, a form stays sound."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from actions.context import Context
from actions.forms import wording
from care.language.extractor import Extractor
from care.orders.check import date_problem, meal_problem, time_problem
from care.orders.model import Order
from care.storage.engine import Sessions, open_engine, open_sessions
from tests.actions.bookings import MEAL, SERVICE
from tests.actions.driver import NOTHING, Talk, slots_of_forms
from tests.conftest import NOW
from tests.databases import ELDER_KEY, new_sqlite

FITTING = {
    "on_date": ["后天", "明天", "今天", "前天", "下礼拜三", "明年八月十五号"],
    "meal": ["午饭", "早饭", "晚饭"],
    "count": ["两份", "一份", "五十份"],
    "diet": ["软食", "没有忌口"],
    "place": ["东关小区三号楼二单元501", "老干部活动室"],
    "person_name": ["王桂兰", "我叫欧阳明月"],
    "phone": ["13800000001", "1380000"],
    "service": ["理发", "打扫卫生"],
    "at_time": ["上午九点", "下午三点半", "凌晨三点"],
    "order_ref_asked": ["1234", "单号幺二三四"],
    "order_phone": ["13800000001"],
    "change_to": ["改成三份", "改成大后天", "改成下午四点", "改成前天"],
    "confirmed": ["大后天", "改成三份"],
    "region": ["阿拉善左旗", "沈阳", "北京市"],
    "age": ["八十三", "五十"],
    "residence": ["农村户口"],
    "pension": ["没有"],
    "category": ["都不是", "低保户"],
    "ability": ["失能"],
    "hukou": ["本地户口"],
}
POOL = [
    (MEAL, "order_meal"), ("我想订饭", "order_meal"), (SERVICE, "book_service"),
    ("找人来看看我", "book_visit"), ("查一下订单", "check_order"), ("改订单", "change_order"),
    ("把饭改成三份", "change_order"), ("退了吧", "cancel_order"), ("算了", "stop"),
    ("不对,是大后天", "correct"), ("我说错了", "correct"), ("不对", "deny"), ("对", "affirm"),
    ("嗯", "affirm"), ("没有", "deny"), ("有", "inform"), ("咔嚓咔嚓", "nlu_fallback"),
    ("你们有多少家服务商?", "ask_hotline"), ("今天几号?", "ask_date_time"), ("啥?", "repeat"),
    ("高龄津贴多少钱?", "ask_entitlement"), ("我能领什么", "ask_my_entitlements"),
    ("怎么申请?", "ask_how_to_apply"), ("谢谢", "thanks"), ("没人陪我说话", "chat_lonely"),
    ("股票涨了没", "out_of_scope"), ("那我老伴八十一", "inform"), ("后天中午两份", "inform"),
    ("?", "nlu_fallback"), ("0", "inform"), ("怎么还没来", "ask_alarm_status"),
]  # fmt: skip
ANYTHING = [text for texts in FITTING.values() for text in texts]
SLOTS = slots_of_forms()
_numbers = count()


@contextmanager
def _database(folder: Path) -> Iterator[Sessions]:
    """One for each example: what one has ordered another isn't asked about."""
    engine = open_engine(new_sqlite(folder / f"{next(_numbers)}.db"), ELDER_KEY)
    yield open_sessions(engine)
    engine.dispose()


def _next(talk: Talk, data: st.DataObject) -> tuple[str, str]:
    """Something to say: often what was asked for, so that forms come to their end."""
    fitting = [(text, "inform") for text in FITTING.get(talk.requested or "", ())]
    if talk.requested == "confirmed":
        fitting += [("对", "affirm")] * 3
    # Three times out of four, when there is something fitting to say.
    choices = [fitting, fitting, fitting, POOL] if fitting else [POOL]
    return data.draw(st.sampled_from(choices).flatmap(st.sampled_from), "utterance")


def _orders(talk: Talk) -> dict[int, Order]:
    with talk.context.sessions() as session:
        found = session.scalars(select(Order).where(Order.conversation_id == talk.id))
        return {order.id: order for order in found}


def _is_possible(order: Order) -> bool:
    hour = time_problem(order.at, order.on, NOW) if order.at else None
    meal = meal_problem(order.service, order.on, NOW) if order.at is None else None
    return date_problem(order.on, NOW.date()) is None and hour is None and meal is None


def _in_words(order: Order, context: Context) -> str:
    slots: dict[str, Any] = {
        "on_date": order.on.isoformat(), "diet": order.diet, "count": order.count,
        "place": order.place, "person_name": order.person, "phone": order.phone,
    }  # fmt: skip
    if order.at is None:
        return wording.order("meal_form", {**slots, "meal": order.service}, context)
    slots |= {"at_time": f"{order.at:%H:%M}", "service": order.service}
    return wording.order("service_form", slots, context)


@contextmanager
def _watched(talk: Talk, intent: str) -> Iterator[None]:
    """Whatever the turn brings, it keeps the promises about placing."""
    before, asked = _orders(talk), talk.requested
    yield
    new = [order for id_, order in _orders(talk).items() if id_ not in before]
    if new:
        assert (len(new), intent, asked) == (1, "affirm", "confirmed")


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_form_never_raises_always_asks_or_ends_and_places_only_what_was_confirmed(
    domain: Context, extractor: Extractor, tmp_path: Path, data: st.DataObject
) -> None:
    with _database(tmp_path) as database:
        _talk(Talk(replace(domain, sessions=database), extractor, "web-1"), data)


def _talk(talk: Talk, data: st.DataObject) -> None:
    read_back: str | None = None
    for _ in range(data.draw(st.integers(1, 14), "turns")):
        text, intent = _next(talk, data)
        known = set(_orders(talk))
        with _watched(talk, intent):
            said = talk.say(text, intent, data.draw(st.sampled_from([0.9, 0.3]), "confidence"))
        placed = [order for id_, order in _orders(talk).items() if id_ not in known]
        for order in placed:
            assert _in_words(order, talk.context) == read_back
            assert _is_possible(order)
            assert order.ref in said.text
        read_back = said.read_back or read_back
        assert said.lines or said.handover, "silence"
        assert (talk.form is None) == (talk.requested is None)
        assert talk.form is None or talk.requested in SLOTS[talk.form]
    with talk.context.sessions() as session:
        refs = list(session.scalars(select(Order.ref).where(Order.state == "placed")))
    assert len(refs) == len(set(refs))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(answers=st.lists(st.sampled_from(ANYTHING), min_size=12, max_size=12))
def test_questions_about_a_person_come_to_an_end(
    domain: Context, extractor: Extractor, tmp_path: Path, answers: list[str]
) -> None:
    with _database(tmp_path) as database:
        _questions(Talk(replace(domain, sessions=database), extractor, "web-1"), answers)


def _questions(talk: Talk, answers: list[str]) -> None:
    said, asked = talk.say("高龄津贴多少钱", "ask_entitlement"), []
    for text in answers:
        if said.ask is None:
            break
        asked.append(said.ask)
        said = talk.say(text, "inform")
    # Twice at the most: once more when the first answer wasn't understood, or for another person.
    assert said.ask is None or len(asked) == len(answers)
    assert talk.last is not NOTHING
