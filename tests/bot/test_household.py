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


def test_who_writes_in_wechat_is_known(conversation: Conversation, embedded: Sessions) -> None:
    sender = f"{SENDER}o-1"
    conversation.handle(Incoming(sender, "你好", "wechat", HOME))
    with embedded.begin() as session:
        binding.bind(session, "o-1", Grant(2, "elder", "phone"), NOW)
        users.user(session, "o-1", NOW).conversation_id = 1
    conversation.handle(Incoming(sender, "哎呀我摔倒了起不来", "wechat", HOME))
    assert _alarm(embedded).person == "李建国"
