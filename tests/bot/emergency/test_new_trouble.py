"""New trouble of somebody whose alarm is in good hands already: words, times, and early notice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.conversation import Conversation, Incoming
from bot.dialogue import Dialogue
from bot.emergency.response import EmergencyResponse
from bot.prompts import load_prompts
from bot.reply import Answer
from care.alarms import service as alarms
from care.alarms.model import Alarm
from care.alarms.state import CLOSED, RAISED
from care.conversations.service import of_sender
from care.data_files import DATA
from care.language.extractor import Extractor
from care.storage.engine import Sessions
from tests.bot.emergency.loaded import detector, script
from tests.conftest import NOW

EXTRACTOR = Extractor.load(DATA)


@dataclass
class House:
    """Callers, and an operator, at times of our own."""

    sessions: Sessions
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.conversation = Conversation(
            self.sessions,
            Dialogue("http://127.0.0.1:9", timeout=1),
            EmergencyResponse(self.sessions, detector(), EXTRACTOR, script()),
            load_prompts(DATA),
            lambda: self.now,
        )

    def go(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)

    def say(self, text: str, who: str = "a") -> Answer:
        return self.conversation.handle(Incoming(who, text, channel="phone"))

    def notice(self, text: str, who: str = "a") -> bool:
        return self.conversation.notice(Incoming(who, text, channel="phone"))

    def say_early(self, text: str, who: str = "a") -> Answer:
        """As on the telephone: an alarm is raised before the utterance is whole."""
        self.notice(text, who)
        return self.say(text, who)

    def open(self, who: str = "a") -> list[Alarm]:
        """Their open alarms, oldest first."""
        with self.sessions() as session:
            row = of_sender(session, who, channel="phone")
            assert row is not None
            query = select(Alarm).where(Alarm.conversation_id == row.id, Alarm.state != CLOSED)
            return list(session.scalars(query.order_by(Alarm.id)))

    def acknowledge(self, who: str = "a") -> None:
        """Whatever of theirs waits."""
        waiting = [alarm.ref for alarm in self.open(who) if alarm.state == RAISED]
        with self.sessions.begin() as session:
            for ref in waiting:
                alarms.acknowledge(session, ref, by="张敏", now=self.now)

    def reported(self, alarm: Alarm) -> datetime:
        """When it was told of last."""
        with self.sessions() as session:
            kinds = ("raised", "reported_again")
            return max(each.at for each in alarms.events(session, alarm) if each.kind in kinds)


@pytest.fixture
def house(sessions: Sessions) -> House:
    return House(sessions)


@pytest.fixture(params=["whole", "early"])
def say(request: pytest.FixtureRequest, house: House) -> Callable[[str], Answer]:
    return house.say if request.param == "whole" else house.say_early


def test_a_second_fall_in_the_afternoon_rings_again(
    house: House, say: Callable[[str], Answer]
) -> None:
    say("我摔倒了")
    say("在东关小区三号楼二单元")
    house.acknowledge()
    house.go(360)
    answer = say("又摔倒了")
    first, second = house.open()
    assert (first.state, second.state) == ("acknowledged", "raised")
    assert second.said == "又摔倒了"
    assert answer.alarm_ref == second.ref
    assert second.case_ref == first.ref
    assert second.place == first.place
    assert "东关小区" in (second.place or "")
    assert any("东关小区" in reply.text for reply in answer.replies)  # is that where they are now?
    say("是的")
    house.acknowledge()
    say("能动")
    say("我摔倒了")
    assert len(house.open()) == 2


@pytest.mark.parametrize("text", ["我喘不上气了", "屋里着火了", "我摔倒了起不来"])
def test_what_is_graver_or_something_else_rings_within_the_talk(
    house: House, say: Callable[[str], Answer], text: str
) -> None:
    say("我摔倒了")
    house.acknowledge()
    house.go(2)
    say(text)
    assert [alarm.state for alarm in house.open()] == ["acknowledged", "raised"]
    house.go(1)
    say(text)
    house.acknowledge()
    say("我刚才摔倒了")
    say(text)
    assert len(house.open()) == 2


def test_the_talk_after_an_alarm_stays_one_alarm(
    house: House, say: Callable[[str], Answer]
) -> None:
    say("我摔倒了")
    house.acknowledge()
    for text in ("在东关小区三号楼", "能动", "没有出血", "我摔倒了", "好的", "快点来"):
        house.go(2)
        say(text)
    assert len(house.open()) == 1


def test_what_nobody_has_yet_is_one_alarm_whatever_is_said(
    house: House, say: Callable[[str], Answer]
) -> None:
    for text in ("我摔倒了", "我喘不上气了", "屋里着火了", "又摔倒了"):
        say(text)
        house.go(60)
    assert len(house.open()) == 1


def test_who_is_quicker_than_the_end_of_the_utterance_gets_one_alarm(house: House) -> None:
    house.say("我摔倒了")
    house.acknowledge()
    house.go(360)
    assert house.notice("又摔倒了")
    house.acknowledge()
    assert not house.notice("又摔倒了")
    answer = house.say("又摔倒了起不来")
    assert answer.replies
    assert len(house.open()) == 2


def test_another_person_is_not_taken_for_the_first(house: House) -> None:
    house.say("我老伴摔倒了")
    house.say("在东关小区三号楼二单元")
    house.acknowledge()
    house.go(360)
    house.say("我摔倒了")
    assert house.open()[1].place is None


def test_words_go_on_after_an_operator_raised_what_no_words_lead_to(house: House) -> None:
    house.say("我摔倒了")
    house.acknowledge()
    [first] = house.open()
    by_hand = alarms.Report("smoke", 1, "邻居说冒烟", first.conversation_id, source="desk")
    raised = alarms.raise_(house.sessions, by_hand, house.now)
    assert raised.ref != first.ref
    assert house.say("在东关小区三号楼").alarm_ref == raised.ref


STEPS = st.one_of(
    st.sampled_from(["我摔倒了", "我喘不上气了", "我老伴摔倒了", "救命啊", "好的", "没事了"]),
    st.sampled_from([1.0, 14.0, 16.0, 400.0]),
    st.just(None),
)
"""Words, minutes that pass, or an operator who takes what waits."""


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, max_size=8))
def test_early_notice_makes_no_difference_and_nothing_new_stays_unheard(
    embedded: Sessions, steps: list[str | float | None]
) -> None:
    house = House(embedded)
    with embedded() as session:
        mark = len(alarms.open_alarms(session))  # of the examples before
    early, whole = f"early{mark}", f"whole{mark}"
    house.say("我摔倒了", early)
    house.say("我摔倒了", whole)
    for step in steps:
        if step is None:
            house.acknowledge(early)
            house.acknowledge(whole)
        elif isinstance(step, float):
            house.go(step)
        else:
            house.say_early(step, early)
            house.say(step, whole)
            found = detector().detect(step)
            assert _told(house.open(early)) == _told(house.open(whole))
            newest = house.open(whole)[-1]
            if found and newest.state != RAISED:
                assert newest.severity <= found.severity
                assert house.now - house.reported(newest) <= timedelta(hours=1)


def _told(found: list[Alarm]) -> list[tuple[str, int, str]]:
    return [(each.category, each.severity, each.state) for each in found]
