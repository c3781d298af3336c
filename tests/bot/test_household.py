"""An alarm from a landline that a couple shares is about either, until somebody knows more."""

import pytest

from bot.conversation import Conversation, Incoming
from care.alarms import service as alarms
from care.alarms.model import Alarm
from care.elders.model import Elder
from care.settings import Settings
from care.storage.engine import Sessions
from care.wechat import binding, users
from care.wechat.code import Grant
from care.wechat.users import SENDER
from hotline.app import build_parts
from tests.conftest import NOW
from tests.databases import ELDER_KEY

HOME = "04835551234"


@pytest.fixture
def conversation(embedded: Sessions) -> Conversation:
    with embedded.begin() as session:
        for nth, name in enumerate(("王桂兰", "李建国"), start=1):
            session.add(Elder(name=name, phone=HOME, phone_nth=nth, address="东关小区3号楼"))
    settings = Settings(
        database_url=str(embedded.kw["bind"].url),
        rasa_url="http://127.0.0.1:9",
        elder_key=ELDER_KEY,
    )
    return build_parts(settings, lambda: NOW).conversation


def _alarm(sessions: Sessions) -> Alarm:
    with sessions() as session:
        [alarm] = alarms.open_alarms(session)
        return alarm


def test_it_names_both_and_goes_to_their_home(
    conversation: Conversation, embedded: Sessions
) -> None:
    conversation.handle(Incoming(f"tel:{HOME}", "哎呀我摔倒了起不来", "phone", HOME))
    alarm = _alarm(embedded)
    assert (alarm.person, alarm.place) == ("王桂兰、李建国", "东关小区3号楼")
    assert (alarm.phone, alarm.elder_id) == (HOME, None)


def test_a_number_of_one_elder_names_their_record(
    conversation: Conversation, embedded: Sessions
) -> None:
    with embedded.begin() as session:
        session.add(Elder(name="赵德海", phone="13900000007", address="西关小区1号楼"))
    conversation.handle(Incoming("tel:13900000007", "哎呀我摔倒了起不来", "phone", "13900000007"))
    alarm = _alarm(embedded)
    assert (alarm.person, alarm.elder_id) == ("赵德海", 3)


@pytest.mark.parametrize(
    ("said", "bound_to", "known"),
    [
        ("我妈摔倒了起不来", (1,), ("王桂兰", "东关小区3号楼", HOME, 1)),
        ("我妈摔倒了起不来", (1, 2), (None, None, None, None)),
        ("我摔倒了起不来", (1,), (None, None, None, None)),
    ],
)
def test_a_relative_who_cries_for_the_one_they_are_bound_to(
    conversation: Conversation,
    embedded: Sessions,
    said: str,
    bound_to: tuple[int, ...],
    known: tuple[str | int | None, ...],
) -> None:
    sender = f"{SENDER}o-2"
    conversation.handle(Incoming(sender, "你好", "wechat", None))
    with embedded.begin() as session:
        for elder in bound_to:
            binding.bind(session, "o-2", Grant(elder, "family", "phone"), NOW)
        users.user(session, "o-2", NOW).conversation_id = 1
    conversation.handle(Incoming(sender, said, "wechat", None))
    alarm = _alarm(embedded)
    assert (alarm.person, alarm.place, alarm.phone, alarm.elder_id) == known


def test_who_writes_in_wechat_is_known(conversation: Conversation, embedded: Sessions) -> None:
    sender = f"{SENDER}o-1"
    conversation.handle(Incoming(sender, "你好", "wechat", HOME))
    with embedded.begin() as session:
        binding.bind(session, "o-1", Grant(2, "elder", "phone"), NOW)
        users.user(session, "o-1", NOW).conversation_id = 1
    conversation.handle(Incoming(sender, "哎呀我摔倒了起不来", "wechat", HOME))
    alarm = _alarm(embedded)
    assert (alarm.person, alarm.elder_id) == ("李建国", 2)
