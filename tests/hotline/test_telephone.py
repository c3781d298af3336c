"""The telephone line as a part of the hotline process."""

from typing import Any

import pytest

from bot.conversation import Conversation
from care.data_files import DATA
from care.settings import Settings
from care.storage.engine import Sessions
from hotline.telephone import Telephone
from tests.conftest import NOW
from tests.voice.call.fake_leg import FakeLine
from voice.call.setting import Purpose
from voice.line.leg import Line, LineError


@pytest.fixture
def telephone(embedded: Sessions) -> Telephone:
    conversation: Any = type("Talks", (), {"clock": staticmethod(lambda: NOW)})()
    settings: Any = Settings(data=DATA)

    def taken(_settings: object, _on_dead: object) -> Line:
        raise LineError("port 5060 is taken: stop the other program or set SIP_PORT")

    made: Conversation = conversation
    return Telephone(settings, made, embedded, taken, lambda: None)


def test_a_port_that_is_taken_is_said_in_one_sentence(telephone: Telephone) -> None:
    with pytest.raises(LineError, match="port 5060 is taken"):
        telephone.start()
    assert not telephone.is_listening()
    assert not any(check() for check in telephone.checks.values())
    telephone.stop()


def test_nobody_is_called_before_the_line_is_open(telephone: Telephone) -> None:
    with pytest.raises(LineError, match="start the hotline first"):
        telephone.place("13800000001", Purpose("您好。"))


@pytest.mark.parametrize(
    ("more", "names"),
    [
        ({}, {"telephone"}),
        ({"sip": {"trunk": {"server": "sip.example.cn", "user": "955"}}}, {"telephone", "trunk"}),
        ({"line": "asterisk", "sip": {"trunk": {}}}, {"telephone"}),
    ],
)
def test_the_health_page_names_the_trunk_where_there_is_one(
    embedded: Sessions, more: dict[str, Any], names: set[str]
) -> None:
    conversation: Any = None
    settings: Any = Settings(data=DATA, **more)
    made = Telephone(settings, conversation, embedded, lambda *_: FakeLine(), lambda: None)
    assert set(made.checks) == names
