"""The assistant telephones elders: a virtual clock, a telephone of the test's own, and all of the
conversation and the ledger behind it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.conversation import Incoming
from care.alarms.model import Alarm
from care.desk import callbacks
from care.elders.consent import Consent, ElderConsent, consents
from care.elders.contact import ElderContact
from care.elders.model import Elder
from care.settings import Settings
from care.storage.engine import Sessions
from care.visits import figures, service
from care.visits.model import Visit, VisitCall
from care.visits.plan import Planner
from care.visits.state import How, State, Why
from hotline.app import build_parts
from hotline.visit_calls import VisitCalls, build_visit_calls
from tests.care.operators.people import Time
from tests.care.visits.people import REGIONS, RULES, add_elder
from tests.conftest import NOW
from voice.call.machine import Other
from voice.call.placed import Placed, Stage
from voice.call.setting import Purpose
from voice.line.leg import Failed, LineError


@dataclass
class Telephone:
    """Rings nowhere; the test says what becomes of each call."""

    listening: bool = True
    rang: list[tuple[str, Purpose, Placed]] = field(default_factory=list)

    def is_listening(self) -> bool:
        return self.listening

    def place(self, target: str, purpose: Purpose, ring: float) -> Placed:
        if not self.listening:
            raise LineError("closed")
        placed = Placed()
        self.rang.append((target, purpose, placed))
        return placed


@dataclass
class House:
    """The process, without its web."""

    sessions: Sessions
    clock: Time
    telephone: Telephone
    make: Callable[[], VisitCalls]

    def __post_init__(self) -> None:
        self.calls = self.make()

    def fail(self, why: Failed) -> None:
        """The call that rings comes to nothing."""
        self.telephone.rang[-1][2].failed(why)
        self.calls.tick()

    def say(self, *texts: str) -> list[str]:
        """The elder picks up and says this; what they hear."""
        target, purpose, placed = self.telephone.rang[-1]
        placed.stage = Stage.TALKING
        assert purpose.talker is not None
        heard = [purpose.opening]
        for text in texts:
            incoming = Incoming(f"tel:{target}", text, "phone", target)
            answer = purpose.talker.handle(incoming)
            heard += [reply.text for reply in answer.replies]
        return heard

    def hang_up(self, reached: Other | None = Other.PERSON) -> None:
        self.telephone.rang[-1][2].over(reached)
        self.calls.tick()

    def visit(self, number: int = 1) -> Visit:
        with self.sessions() as session:
            return session.get_one(Visit, number)

    def results(self) -> list[str | None]:
        with self.sessions() as session:
            return list(session.scalars(select(VisitCall.result).order_by(VisitCall.id)))

    def callbacks(self) -> list[tuple[str, str, str]]:
        with self.sessions() as session:
            return [(c.person, c.phone, c.about) for c in callbacks.still_open(session)]

    def alarms(self) -> list[tuple[str, int, str | None]]:
        with self.sessions() as session:
            found = session.scalars(select(Alarm).order_by(Alarm.id))
            return [(a.category, a.severity, a.person) for a in found]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> VisitCalls:
    """All data, read once; each test has a database and a clock of its own."""
    folder = tmp_path_factory.mktemp("loaded")
    settings = Settings(
        database_url=f"sqlite:///{folder}/none.db",
        elder_key=folder / "elders.key",
        rasa_url="http://127.0.0.1:9",
    )
    return build_visit_calls(settings, build_parts(settings, Time()).conversation, Telephone())


@pytest.fixture
def house(loaded: VisitCalls, embedded: Sessions) -> House:
    """One elder who agreed to be called, planned for this month."""
    clock, telephone = Time(), Telephone()
    spoken = loaded.conversation
    emergency = replace(spoken.emergency, sessions=embedded)
    conversation = replace(spoken, sessions=embedded, emergency=emergency, clock=clock)

    def make() -> VisitCalls:
        return replace(
            loaded,
            telephone=telephone,
            conversation=conversation,
            settling=replace(loaded.settling, sessions=embedded),
            clock=clock,
            _going={},
        )

    with embedded.begin() as session:
        elder = add_elder(session, agrees=True)
        near = ElderContact(elder_id=elder.id, name="王小明", phone="13900000009", rank=1)
        session.add(near)
    house = House(embedded, clock, telephone, make)
    _plan(house)
    return house


def test_a_visit_by_telephone_from_the_ring_to_the_ledger(house: House) -> None:
    house.calls.tick()
    house.calls.tick()
    assert [target for target, _, _ in house.telephone.rang] == ["13800000001"], "one call, once"
    heard = house.say("是我", "挺好的", "没胃口", "睡得好", "药吃完了", "没有了")
    assert "王桂兰1" in heard[0]
    assert heard[-1].endswith("再见！")
    house.hang_up()
    visit = house.visit()
    assert (visit.state, visit.done_how, visit.done_at) == (State.DONE, How.PHONE, NOW)
    with house.sessions() as session:
        found = {a.question: (a.finding, a.said) for a in service.answers(session, 1)}
        [call] = service.calls(session, 1)
        assert [e.kind for e in service.events(session, 1)] == ["planned", "called", "done"]
    assert found["eats"] == ("poor", "没胃口")
    assert found["medicine"] == ("run_out", "药吃完了")
    assert call.conversation_id is not None
    assert house.callbacks() == [
        ("王桂兰1", "13800000001", "电话探访时说：吃药药快没了（药吃完了）")
    ]
    assert house.alarms() == []
    house.calls.tick()
    assert len(house.telephone.rang) == 1


def test_three_calls_at_different_times_and_then_somebody_goes(house: House) -> None:
    for hours, why in ((0, Failed.NO_ANSWER), (5, Failed.BUSY), (19, Failed.NO_ANSWER)):
        house.clock.passes(hours=hours)
        house.calls.tick()
        house.fail(why)
        house.calls.tick()
    times = [call.hour for call in _starts(house)]
    assert times == [10, 15, 10]
    assert house.results() == ["no_answer", "busy", "no_answer"]
    visit = house.visit()
    assert (visit.state, visit.in_person) == (State.PLANNED, Why.NO_ANSWER)
    assert house.alarms() == [("no_answer", 3, "王桂兰1")]
    [(person, phone, about)] = house.callbacks()
    assert (person, phone) == ("王小明", "13900000009")
    assert "王桂兰1" in about
    house.clock.passes(days=1)
    house.calls.tick()
    assert len(house.telephone.rang) == 3


def _starts(house: House) -> list[datetime]:
    with house.sessions() as session:
        return [call.started_at for call in service.calls(session, 1)]


@pytest.mark.parametrize("hour", [0, 8, 12, 13, 14, 18, 23])
def test_nobody_is_called_at_night_or_at_midday(house: House, hour: int) -> None:
    house.clock.now = NOW.replace(hour=hour, minute=30)
    house.calls.tick()
    assert house.telephone.rang == []


def test_only_who_agreed_is_called(house: House) -> None:
    with house.sessions.begin() as session:
        add_elder(session, 2, agrees=False)
        add_elder(session, 3)
        took_back = ElderConsent(
            elder_id=1, kind=Consent.VISITS.value, given=False, at=NOW, by="test"
        )
        session.add(took_back)
    _plan(house)
    house.calls.tick()
    assert house.telephone.rang == []


def test_an_alarm_in_the_call_is_raised_and_somebody_goes(house: House) -> None:
    house.calls.tick()
    heard = house.say("是我", "我刚才摔倒了起不来")
    assert "身体" not in heard[-1], "nobody asks how they slept now"
    assert house.alarms() == [("fall", 1, "王桂兰1")]
    house.hang_up()
    assert house.visit().in_person == Why.ALARM
    assert house.visit().state == State.PLANNED
    assert len(house.alarms()) == 1


def test_who_eats_nothing_is_an_alarm_though_nobody_cries_for_help(house: House) -> None:
    house.calls.tick()
    house.say("是我", "还行", "什么都吃不下", "睡得着", "不吃药", "没有")
    house.hang_up()
    assert house.alarms() == [("help", 3, "王桂兰1")]
    assert house.visit().state == State.DONE


def test_a_person_is_fetched_as_in_every_call(house: House) -> None:
    house.calls.tick()
    _, purpose, _ = house.telephone.rang[-1]
    assert purpose.talker is not None
    answer = purpose.talker.handle(Incoming("tel:13800000001", "转人工", "phone", "13800000001"))
    assert answer.asked_person
    assert answer.handover


def test_a_kill_in_the_middle_loses_nothing_and_asks_nothing_twice(house: House) -> None:
    house.calls.tick()
    house.say("是我", "腿疼了好几天了")
    house.calls = house.make()  # killed, and started anew
    house.clock.passes(minutes=1)
    house.calls.tick()
    assert house.results() == ["finished"], "how they are was answered, and that is what counts"
    assert "腿疼" in house.callbacks()[0][2]


def test_a_kill_while_it_rings_is_a_try(house: House) -> None:
    house.calls.tick()
    house.calls = house.make()
    house.calls.tick()
    assert house.results() == ["unfinished"]
    assert len(house.telephone.rang) == 1, "not at the same time of the day again"
    house.clock.passes(hours=5)
    house.calls.tick()
    assert len(house.telephone.rang) == 2
    assert house.visit().in_person is None


def test_a_call_that_is_cut_off_goes_on_where_it_was(house: House) -> None:
    house.calls.tick()
    house.say("是我", "我要出门", "")
    house.hang_up()
    house.clock.passes(hours=5)
    house.calls.tick()
    heard = house.say("是我", "挺好的")
    assert "吃饭" in heard[-1]
    house.hang_up()
    assert house.results() == ["unfinished", "finished"]


def test_answering_machines_and_who_presses_the_call_away_are_tried_again(house: House) -> None:
    house.calls.tick()
    house.hang_up(Other.MACHINE)
    house.clock.passes(hours=5)
    house.calls.tick()
    house.hang_up(None)
    assert house.results() == ["machine", "declined"]
    assert house.visit().in_person is None


def test_who_does_not_want_to_be_called_is_not_called_again(house: House) -> None:
    house.calls.tick()
    house.say("是我", "你们别再打电话了")
    house.hang_up()
    assert house.visit().in_person == Why.REFUSED
    house.clock.passes(hours=5)
    house.calls.tick()
    assert len(house.telephone.rang) == 1
    with house.sessions() as session:
        [refused, _] = consents(session, 1)
    assert (refused.given, refused.how, refused.by) == (False, "电话", "assistant")
    house.clock.passes(hours=24 * 30)
    _plan(house)
    coming = house.visit(2)
    assert (coming.month.month, coming.state, coming.by_phone) == (12, State.PLANNED, False)
    house.calls.tick()
    assert len(house.telephone.rang) == 1


def test_not_more_calls_at_once_than_the_file_says(house: House) -> None:
    with house.sessions.begin() as session:
        for number in range(2, 6):
            add_elder(session, number, agrees=True)
    _plan(house)
    house.calls.tick()
    assert len(house.telephone.rang) == 2
    house.fail(Failed.NO_ANSWER)
    assert len(house.telephone.rang) == 3


def test_without_a_line_nobody_is_tried(house: House) -> None:
    house.telephone.listening = False
    house.calls.tick()
    assert house.results() == []


def test_a_number_that_does_not_work_is_no_reason_to_fear(house: House) -> None:
    for hours in (0, 5, 19):
        house.clock.passes(hours=hours)
        house.calls.tick()
        house.fail(Failed.UNREACHABLE)
    assert house.visit().in_person == Why.UNREACHABLE
    assert house.alarms() == []


def test_an_elder_who_died_in_between_is_not_called(house: House) -> None:
    with house.sessions.begin() as session:
        session.get_one(Elder, 1).state = "deceased"
    house.calls.tick()
    assert house.telephone.rang == []


def test_the_month_in_figures(house: House) -> None:
    with house.sessions.begin() as session:
        add_elder(session, 2, region="额济纳旗")
    _plan(house)
    house.calls.tick()
    house.say("是我", "挺好的", "正忙着呢")
    house.hang_up()
    with house.sessions() as session:
        month = figures.by_community(session, NOW.date())
    assert {region: (f.due, f.done, f.rate) for region, f in month.items()} == {
        "纳林高勒社区": (1, 1, 100.0),
        "额济纳旗": (1, 0, 0.0),
    }


def _plan(house: House) -> None:
    Planner(house.sessions, RULES, REGIONS.within).due(house.clock())
