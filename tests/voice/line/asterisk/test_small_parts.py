"""What needs no Asterisk: dial strings, causes, and who is who among its channels."""

import pytest

from tests.voice.line.listening import run
from voice.line.asterisk.arrivals import Arrivals, NotComingError, Role, role_of
from voice.line.asterisk.cause import ended, failed
from voice.line.asterisk.endpoints import Endpoints
from voice.line.asterisk.event import Bridge, Channel, Dialplan, read_event
from voice.line.asterisk.found import sort_out
from voice.line.asterisk.pbx import Pbx
from voice.line.leg import Ended, Failed


@pytest.mark.parametrize(
    ("target", "endpoint"),
    [
        ("13912345678", "PJSIP/13912345678@trunk"),
        ("+8613912345678", "PJSIP/+8613912345678@trunk"),
        (" operator ", "PJSIP/operator"),
        ("sip:li@10.0.0.7:5062", "PJSIP/trunk/sip:li@10.0.0.7:5062"),
        ("a&PJSIP/b", None),
        ("a/b", None),
        ("13912345678,30,g", None),
        ("sip:a@b;x=1", None),
        ("operator)", None),
        ("", None),
    ],
)
def test_what_is_dialled(target: str, endpoint: str | None) -> None:
    assert Endpoints().of(target) == endpoint


def test_the_password_is_not_shown() -> None:
    assert "geheim" not in repr(Pbx(password="geheim"))


@pytest.mark.parametrize(
    ("cause", "answered", "why"),
    [
        (16, True, Ended.THEY_HUNG_UP),
        (0, True, Ended.THEY_HUNG_UP),
        (44, True, Ended.LOST),  # no sound for too long
        (38, True, Ended.LOST),
        (16, False, Ended.CANCELLED),
    ],
)
def test_why_it_ended(cause: int, answered: bool, why: Ended) -> None:
    assert ended(cause, answered=answered) is why


@pytest.mark.parametrize(
    ("cause", "why"),
    [
        (17, Failed.BUSY),
        (19, Failed.NO_ANSWER),
        (21, Failed.DECLINED),
        (1, Failed.UNREACHABLE),
        (3, Failed.UNREACHABLE),
    ],
)
def test_why_it_was_not_answered(cause: int, why: Failed) -> None:
    assert failed(cause) is why


def caller(name: str, app: str = "hotline") -> Channel:
    """One that the dialplan handed to an application."""
    return Channel(id=name, state="Up", dialplan=Dialplan(app_name="Stasis", app_data=app))


def test_who_is_who() -> None:
    channels = [
        caller("1.1"),
        caller("1.2"),
        caller("1.3", "other"),
        Channel(id="1.4"),
        Channel(id="hotline.operator.x"),
        Channel(id="hotline.media.y"),
        Channel(id="hotline.dialled.z"),
        Channel(id="other.media.w"),
    ]
    bridges = [
        Bridge(id="a", channels=["1.1", "hotline.operator.x"]),
        Bridge(id="b", channels=["1.2", "hotline.media.y"]),
        Bridge(id="c", channels=["gone", "hotline.operator.gone"]),
        Bridge(id="hotline.room.d"),
        Bridge(id="other.room.e"),
    ]
    found = sort_out(channels, bridges, "hotline")
    assert [each.id for each in found.callers] == ["1.2"]
    assert [(one.id, two, three) for one, two, three in found.with_operator] == [
        ("1.1", "hotline.operator.x", "a")
    ]
    assert found.loose == ["hotline.media.y", "hotline.dialled.z"]
    assert found.empty == ["hotline.room.d"]
    assert found.every == {each.id for each in channels}


def test_channels_of_another_application_are_not_ours() -> None:
    assert role_of("hotline.media.x", "hotline") is Role.MEDIA
    assert role_of("hotline.media.x", "hot") is None
    assert role_of("hotline.nurse.x", "hotline") is None
    assert role_of("1732255555.12", "1732255555") is None


def test_waiting_for_a_channel() -> None:
    async def story() -> None:
        arrivals = Arrivals("hotline")
        one, two, three = (arrivals.expect(Role.MEDIA) for _ in range(3))
        assert len({one, two, three}) == 3
        assert arrivals.came(one)
        arrivals.ended(two, 17)
        await arrivals.wait(one, 1)
        with pytest.raises(NotComingError) as raised:
            await arrivals.wait(two, 1)
        assert raised.value.cause == 17
        with pytest.raises(TimeoutError):
            await arrivals.wait(three, 0)
        assert not arrivals.came(three)

    run(story())


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"type": 7}', '{"type":"x","channel":3}']
)
def test_what_is_no_event(text: str) -> None:
    assert read_event(text) is None


def test_an_event_may_hold_more_than_is_known() -> None:
    event = read_event(
        '{"type":"StasisStart","args":[],"new":{"a":1},"channel":{"id":"1.2","caller":'
        '{"name":"","number":"139"},"dialplan":{"exten":"12349","priority":2},"color":"red"}}'
    )
    assert event is not None
    assert event.channel is not None
    assert (event.channel.caller.number, event.channel.dialplan.exten) == ("139", "12349")
