"""Telling: a click, an outbox, one sender at a time, and what came of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from care.benefits import life, telling
from care.benefits.by_notice import ByNotice
from care.benefits.by_wechat import ByWechat
from care.benefits.channel import Channel
from care.benefits.draft import Draft
from care.benefits.model import BenefitNotice
from care.benefits.sender import Sender
from care.benefits.sentences import Sentences
from care.benefits.state import Step
from care.clock import SHANGHAI
from care.notices.port import Audience, Notice, Receipt
from care.wechat.bound import WechatBinding
from care.wechat.model import WechatOutgoing
from tests.care.benefits.found import Nights

RULE = "shenyang-health-care"
DRAFT = Draft("读的", "听的")


@dataclass
class Heard:
    """A way out that keeps what it was given."""

    answers: list[bool] = field(default_factory=lambda: [True])
    told: list[tuple[str, int, str, str]] = field(default_factory=list)

    def tell(self, key: str, elder_id: int, text: str, spoken: str) -> bool:
        self.told.append((key, elder_id, text, spoken))
        return self.answers.pop(0)


@pytest.fixture
def found(nights: Nights) -> int:
    """A new case; its number."""
    nights.add(region="沈阳市", birth_date=date(1960, 1, 1))
    nights.night()
    return nights.number(RULE)


def ask(nights: Nights, number: int, channel: Channel = Channel.SMS) -> None:
    with nights.sessions.begin() as session:
        telling.ask(session, number, channel.value, DRAFT, by="zhang", now=nights.now)


def sender(nights: Nights, way: object, channel: Channel = Channel.SMS, owner: str = "a") -> Sender:
    return Sender(channel, way, nights.sessions, nights.clock, owner)  # type: ignore[arg-type]


def test_a_click_tells_once_and_the_case_says_so(nights: Nights, found: int) -> None:
    way = Heard()
    ask(nights, found)
    with pytest.raises(telling.AlreadyAskedError):
        ask(nights, found)
    assert not sender(nights, way, Channel.CALL).send_one()
    assert sender(nights, way).send_one()
    assert not sender(nights, way).send_one()
    assert way.told == [("benefit/1", 1, "读的", "听的")]
    assert nights.cases() == {RULE: ("told", None)}
    assert nights.course(RULE)[1:] == [("asked", "zhang", "sms"), ("told", "zhang", "sms")]


def test_who_isnt_reached_stays_new_and_can_be_tried_again(nights: Nights, found: int) -> None:
    way = Heard([False, True])
    for _try in range(2):
        ask(nights, found)
        sender(nights, way).send_one()
    assert [kind for kind, _by, _note in nights.course(RULE)[1:]] == [
        "asked", "missed", "asked", "told",
    ]  # fmt: skip
    assert [key for key, *_rest in way.told] == ["benefit/1", "benefit/2"]


def test_a_way_that_breaks_counts_as_not_reached(nights: Nights, found: int) -> None:
    ask(nights, found)
    assert sender(nights, Heard([])).send_one()  # IndexError inside
    assert nights.course(RULE)[-1] == ("missed", "zhang", "sms")


def test_what_a_killed_process_was_sending_goes_out_under_the_same_key(
    nights: Nights, found: int
) -> None:
    ask(nights, found)
    with nights.sessions.begin() as session:
        taken = telling.claim(session, "sms", "dead", nights.now)
    way = Heard()
    assert not sender(nights, way, owner="b").send_one()
    nights.clock.now += telling.HELD + timedelta(seconds=1)
    assert sender(nights, way, owner="b").send_one()
    assert taken is not None
    assert way.told[0][0] == taken.key
    with nights.sessions.begin() as session:  # it wasn't dead after all
        telling.ended(session, taken, "dead", False, nights.now)
    assert nights.cases() == {RULE: ("told", None)}
    assert nights.course(RULE)[-1][0] == "told"


@pytest.mark.parametrize(("hour", "calls"), [(8, False), (9, True), (18, True), (19, False)])
def test_nobody_is_telephoned_in_the_evening(here: Nights, hour: int, calls: bool) -> None:
    here.add(region="沈阳市", birth_date=date(1960, 1, 1))
    here.night()
    ask(here, here.number(RULE), Channel.CALL)
    here.clock.now = datetime(2026, 11, 21, hour, 0, tzinfo=SHANGHAI)
    assert sender(here, Heard(), Channel.CALL).send_one() is calls


def test_a_case_that_went_on_meanwhile_keeps_its_state(here: Nights) -> None:
    here.add(region="沈阳市", birth_date=date(1960, 1, 1))
    here.night()
    number = here.number(RULE)
    ask(here, number)
    with here.sessions.begin() as session:
        life.take_step(session, number, Step.APPLY, by="li", now=here.now)
    sender(here, Heard()).send_one()
    assert here.cases() == {RULE: ("applying", None)}
    assert here.course(RULE)[-1] == ("told", "zhang", "sms")
    with here.sessions() as session, pytest.raises(life.NotNowError):
        telling.ask(session, number, "sms", DRAFT, by="zhang", now=here.now)


@pytest.mark.parametrize(("outcome", "reached"), [("sent", True), ("held", False)])
def test_in_wechat_it_counts_when_the_platform_took_it(
    here: Nights, outcome: str, reached: bool
) -> None:
    elder = here.add()

    def passes(_seconds: float) -> None:
        with here.sessions.begin() as session:
            session.scalars(select(WechatOutgoing)).one().state = outcome

    way = ByWechat(here.sessions, here.clock, passes)
    assert not way.tell("benefit/1", elder, "读的", "听的")  # nobody is bound
    with here.sessions.begin() as session:
        session.add(
            WechatBinding(
                openid="o1", elder_id=elder, role="elder", consent="phone", bound_at=here.now
            )
        )
    assert way.tell("benefit/1", elder, "读的", "听的") is reached
    assert way.tell("benefit/1", elder, "读的", "听的") is reached
    with here.sessions() as session:
        assert [row.text for row in session.scalars(select(WechatOutgoing))] == ["读的"]


def test_the_number_goes_from_the_record_to_the_notice(here: Nights) -> None:
    sent: list[Notice] = []

    class Outside:
        def send(self, notice: Notice) -> Receipt:
            sent.append(notice)
            return Receipt(reached=1, missed=0)

    elder = here.add(phone="13800138000")
    way = ByNotice(here.sessions, Outside(), Sentences.load())
    assert way.tell("benefit/9", elder, "读的", "听的")
    [notice] = sent
    assert (notice.audience, notice.phones) == (Audience.CONTACTS, ("13800138000",))
    assert (notice.key, notice.text, notice.spoken) == ("benefit/9", "读的", "听的")
    with here.sessions() as session:
        assert session.scalars(select(BenefitNotice)).all() == []
