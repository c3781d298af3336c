"""A landline that a couple shares, as operators see it."""

from collections.abc import Iterator

import httpx
import pytest

from care.alarms import service as alarms
from care.data_files import DATA
from care.elders.model import Elder
from care.entitlements.load import Entitlements
from care.operators.role import Role
from console.desk import alarm_page, conversation_page, raise_page
from hotline.attendance import build_floor
from tests.care.desk.talks import talk
from tests.console.desk.setting import Setting
from tests.console.desk.visitor import Visitor
from tests.serving import serving

pytest_plugins = ["tests.console.desk.desk_setting"]

HOME = "04835551234"
COUPLE = {"王桂兰": frozenset({"失能"}), "李建国": frozenset({"独居"})}


@pytest.fixture
def visitor(setting: Setting, entitlements: Entitlements) -> Iterator[Visitor]:
    """An operator; the couple's telephone has called."""
    setting.add("zhangmin", Role.OPERATOR)
    with setting.sessions.begin() as session:
        for nth, (name, situations) in enumerate(COUPLE.items(), start=1):
            elder = Elder(name=name, phone=HOME, phone_nth=nth, situations=situations)
            elder.address = "东关小区3号楼"
            session.add(elder)
    talk(setting.sessions, f"tel:{HOME}", "我想订饭", now=setting.clock())
    floor = build_floor(DATA, setting.sessions, setting.clock, entitlements)
    pages = (conversation_page, alarm_page, raise_page)
    with (
        serving(setting.app(*(each.build_router(floor) for each in pages))) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=30) as client,
    ):
        found = Visitor(client)
        found.sign_in("zhangmin")
        yield found


def test_the_conversation_shows_both_records(visitor: Visitor) -> None:
    shown = visitor.get("/desk/conversations/1").text
    for number, (name, situations) in enumerate(COUPLE.items(), start=1):
        assert f"<h3>{name}</h3>" in shown
        assert "".join(situations) in shown
        assert f'href="/desk/elders/{number}"' in shown
    assert "先问清是哪一位" in shown


def test_the_alarm_shows_both_with_their_situations(visitor: Visitor, setting: Setting) -> None:
    report = alarms.Report("fall", 1, "摔倒了", conversation_id=1, phone=HOME)
    alarm = alarms.raise_(setting.sessions, report, setting.clock())
    shown = visitor.get(f"/desk/alarms/{alarm.ref}").text
    for number, (name, situations) in enumerate(COUPLE.items(), start=1):
        assert f'<a href="/desk/elders/{number}">{name}</a> {"".join(situations)}' in shown


def test_an_alarm_by_hand_is_of_whoever_is_named(visitor: Visitor, setting: Setting) -> None:
    assert 'value="东关小区3号楼"' in visitor.get("/desk/raise?conversation=1").text
    fields = {"category": "fire", "severity": "1", "said": "起火了", "conversation": "1"}
    assert visitor.post("/desk/raise", {**fields, "person": "李建国"}).status_code == 303
    with setting.sessions() as session:
        [alarm] = alarms.open_alarms(session)
    assert (alarm.person, alarm.elder_id) == ("李建国", 2)
