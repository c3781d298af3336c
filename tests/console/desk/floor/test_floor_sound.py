"""The WebSockets of a headset, over a real server: who gets in, what goes through, how they end."""

import logging
from collections.abc import Iterator

import httpx
import pytest

from care.alarms.ladder import Ladder
from care.alarms.words import Words as AlarmWords
from care.calls import service as calls
from care.calls.kind import Direction
from care.calls.service import NewCall
from care.changes.hub import Hub
from care.conversations.service import open_conversation
from care.data_files import DATA
from care.desk import claims, invitations, seats
from care.desk.state import SeatState
from care.desk.words import Words
from care.entitlements.load import Entitlements
from care.handovers import service as handovers
from care.operators.role import Role
from console.desk import call_page, queue_page, sound_socket
from console.desk.calls import OnCall, Part
from console.desk.floor import Floor
from console.desk.way import NO_SOUND_CODE, OVER_CODE
from tests.console.desk.floor.far_end import FarEnd
from tests.console.desk.floor.headset import ends_with, plugged, refused, until
from tests.console.desk.setting import Setting
from tests.console.desk.visitor import Visitor
from tests.serving import serving

pytest_plugins = ["tests.console.desk.desk_setting"]

SOUND = "/desk/conversations/1/sound?rate=16000"
STILL = 0.05
FRAME = b"\x01\x00" * 320


@pytest.fixture
def far_end() -> FarEnd:
    return FarEnd()


@pytest.fixture
def visitor(setting: Setting, far_end: FarEnd, entitlements: Entitlements) -> Iterator[Visitor]:
    """An operator who is at the desk, and may sign in. 王秀兰 is on the telephone, and waits."""
    for role in Role:
        setting.add(role.value, role)
    setting.add("lihua", Role.OPERATOR)
    sessions, now = setting.sessions, setting.clock()
    with sessions.begin() as session:
        for name in ("operator", "supervisor", "lihua"):
            seats.choose(session, name, SeatState.AVAILABLE, now)
        open_conversation(session, sender_id="tel:13800000001", channel="phone", now=now)
        calls.begin(session, NewCall("leg", Direction.IN, "sip", "13800000001", "12349"), now)
        handovers.request(session, conversation_id=1, reason="asked", now=now)
    words = Words.load(DATA), AlarmWords.load(DATA), entitlements, Ladder.load(DATA)
    floor = Floor(sessions, setting.clock, Hub(sessions), *words, far_end)
    routers = (
        sound_socket.build_router(floor, STILL),
        call_page.build_router(floor),
        queue_page.build_router(floor),
    )
    with (
        serving(setting.app(*routers)) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=30) as client,
    ):
        yield Visitor(client)


def claim(setting: Setting, name: str = "operator") -> None:
    with setting.sessions.begin() as session:
        claims.claim(session, 1, operator=name, now=setting.clock(), speaks=lambda _: True)


def test_nobody_gets_in_without_signing_in_from_elsewhere_or_without_the_caller(
    visitor: Visitor, setting: Setting, far_end: FarEnd, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("uvicorn.error").addHandler(caplog.handler)
    assert refused(visitor, SOUND) == 403
    visitor.sign_in("auditor")
    assert refused(visitor, SOUND) == 403
    visitor.client.cookies.clear()
    visitor.sign_in("operator")
    assert refused(visitor, SOUND) == 403, "the caller waits, and is nobody's"
    assert refused(visitor, "/desk/headset/sound", "http://elsewhere.example") == 403
    claim(setting, "lihua")
    assert refused(visitor, SOUND) == 403, "somebody else's"
    for part in ("listener", "whisperer", "guest"):
        assert refused(visitor, f"{SOUND}&part={part}") == 403
    assert far_end.steps == []
    logging.getLogger("uvicorn.error").removeHandler(caplog.handler)
    assert [each for each in caplog.records if each.levelno >= logging.ERROR] == []


def test_sound_goes_both_ways_until_the_call_is_over(
    visitor: Visitor, setting: Setting, far_end: FarEnd
) -> None:
    visitor.sign_in("operator")
    claim(setting)
    with plugged(visitor, SOUND) as socket:
        until(lambda: far_end.browsers)
        for _ in range(3):
            socket.send(FRAME)
        until(lambda: len(far_end.came) == 3)
        [browser] = far_end.browsers
        browser.send(FRAME)
        assert socket.recv(timeout=10) == FRAME
        browser.ended()
        assert ends_with(socket) == OVER_CODE
    until(lambda: far_end.pulled == 1)
    assert far_end.came == [FRAME] * 3


def test_what_is_no_sound_ends_it(visitor: Visitor, setting: Setting, far_end: FarEnd) -> None:
    visitor.sign_in("operator")
    claim(setting)
    for rubbish in (b"\x00", "text", b""):
        with plugged(visitor, SOUND) as socket:
            socket.send(rubbish)
            assert ends_with(socket) == NO_SOUND_CODE
    assert refused(visitor, "/desk/conversations/1/sound?rate=12345") == NO_SOUND_CODE
    assert refused(visitor, "/desk/conversations/1/sound?rate=fast") == 403
    assert far_end.came == []


def test_it_ends_with_the_sign_in(visitor: Visitor, setting: Setting, far_end: FarEnd) -> None:
    visitor.sign_in("operator")
    claim(setting)
    with plugged(visitor, SOUND) as socket:
        until(lambda: far_end.browsers)
        visitor.post("/desk/logout")
        assert ends_with(socket) == 4401
    until(lambda: far_end.pulled == 1)


def test_a_supervisor_and_an_invited_colleague_come_in(
    visitor: Visitor, setting: Setting, far_end: FarEnd
) -> None:
    claim(setting)
    visitor.sign_in("supervisor")
    with plugged(visitor, f"{SOUND}&part=listener"):
        until(lambda: far_end.steps)
    response = visitor.post("/desk/conversations/1/call/part?part=whisperer", hx_request="true")
    assert response.status_code == 204
    visitor.client.cookies.clear()
    visitor.sign_in("lihua")
    guest = f"{SOUND}&part=guest"
    assert refused(visitor, guest) == 403
    with setting.sessions.begin() as session:
        invitations.invite(session, 1, colleague="lihua", by="operator", now=setting.clock())
    with plugged(visitor, guest):
        until(lambda: len(far_end.steps) == 3)
    assert far_end.steps == [
        ("plug", "supervisor", Part.LISTENER),
        ("turn", "supervisor", Part.WHISPERER),
        ("plug", "lihua", Part.GUEST),
    ]


def test_steps_in_a_call_are_for_whoever_has_the_caller(
    visitor: Visitor, setting: Setting, far_end: FarEnd
) -> None:
    steps = {
        "hold": ({}, ("hold", True, "operator")),
        "resume": ({}, ("hold", False, "operator")),
        "dial": (
            {"telephone": "139 0000 0002"},
            ("dial", "13900000002", "13900000002", Part.GUEST),
        ),
        "dismiss": ({"leg": "x"}, ("dismiss", "x")),
    }
    visitor.sign_in("operator")
    path = "/desk/conversations/1/call"
    for step, (fields, _) in steps.items():
        assert "不在您手上" in visitor.post(f"{path}/{step}", fields, hx_request="true").text
    claim(setting)
    for step, (fields, done) in steps.items():
        assert visitor.post(f"{path}/{step}", fields, hx_request="true").status_code == 204
        assert far_end.steps[-1] == done
    assert "不对" in visitor.post(f"{path}/dial", {"telephone": "x"}, hx_request="true").text
    assert "不在线" in visitor.post(f"{path}/invite", {"operator": "x"}, hx_request="true").text
    assert "话机号码" in visitor.post(f"{path}/telephone", hx_request="true").text
    assert visitor.post("/desk/me/telephone", {"telephone": "<x>"}).status_code == 422
    assert visitor.post("/desk/me/telephone", {"telephone": "80 01"}).status_code == 303
    assert visitor.post(f"{path}/telephone", hx_request="true").status_code == 204
    assert far_end.steps[-1] == ("dial", "8001", "operator", Part.OPERATOR)
    assert visitor.post(f"{path}/part?part=guest", hx_request="true").status_code == 403
    far_end.conversation = 2
    assert "断了" in visitor.post(f"{path}/hold", hx_request="true").text


def test_a_caller_on_the_telephone_is_claimed_from_the_queue_one_at_a_time(
    visitor: Visitor, setting: Setting, far_end: FarEnd
) -> None:
    visitor.sign_in("operator")
    far_end.people = (OnCall("operator", Part.OPERATOR, "leg"),)
    assert "还在通话" in visitor.post("/desk/claim/1", hx_request="true").text
    far_end.people = ()
    assert visitor.post("/desk/claim/1", hx_request="true").status_code == 204
    visitor.client.cookies.clear()
    visitor.sign_in("lihua")
    assert "先接起来了" in visitor.post("/desk/claim/1", hx_request="true").text


def test_a_headset_hears_itself_a_second_later(visitor: Visitor) -> None:
    visitor.sign_in("operator")
    with plugged(visitor, "/desk/headset/sound") as socket:
        for number in range(60):
            socket.send(bytes([number, 0]) * 320)
        assert [socket.recv(timeout=10)[0] for _ in range(10)] == list(range(10))
        socket.send(b"\x00" * 20_000)
        assert ends_with(socket) == NO_SOUND_CODE
