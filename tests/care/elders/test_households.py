"""Those who share a landline: stored and found together, told apart by their names."""

from collections.abc import Sequence

import pytest

from care.alarms.ladder import Ladder
from care.alarms.model import Alarm, AlarmOutgoing
from care.alarms.words import Words
from care.alarms.writing import Writer
from care.calls.model import Call
from care.desk.person import people
from care.desk.record import record_of
from care.elders.contact import ElderContact
from care.elders.household import all_names, shared_address
from care.elders.importing import Decision, look, write
from care.elders.line import read_lines
from care.elders.lists import own_lists
from care.elders.model import DECEASED, Elder
from care.elders.service import by_calling_number, by_phone
from care.elders.sharing import MOST
from care.elders.sheet import read_sheet
from care.elders.writing import TakenError, correct
from care.storage.engine import Sessions
from tests.care.desk.talks import talk
from tests.care.elders.filled import put
from tests.care.elders.test_sheet import row, sheet
from tests.conftest import NOW

HOME = "04835551234"
WANG = {"name": "王桂兰", "phone": HOME, "birth": "1942", "address": "东关小区3号楼"}
LI = {"name": "李建国", "phone": HOME, "birth": "1940", "address": "东关小区3号楼"}


def names(elders: Sequence[Elder]) -> list[str]:
    return [each.name for each in elders]


def _call(conversation: int, elder: int) -> Call:
    call = Call(ref="C1", leg="l", direction="in", channel="sip", started_at=NOW)
    call.conversation_id, call.elder_id = conversation, elder
    return call


def couple(sessions: Sessions) -> None:
    with sessions.begin() as session:
        put(session, WANG)
        put(session, LI)


def test_a_couple_is_found_by_its_landline_however_the_carrier_writes_it(
    sessions: Sessions,
) -> None:
    couple(sessions)
    with sessions() as session:
        assert names(by_phone(session, HOME)) == ["王桂兰", "李建国"]
        for calling in (HOME, "+864835551234", "5551234"):
            caller = by_calling_number(session, calling)
            assert caller is not None
            assert (names(caller.elders), caller.sure) == (["王桂兰", "李建国"], False)


def test_who_has_died_or_merged_is_not_asked_for(sessions: Sessions) -> None:
    couple(sessions)
    with sessions.begin() as session:
        session.get_one(Elder, 2).state = DECEASED
        assert names(by_phone(session, HOME)) == ["王桂兰"]
        session.get_one(Elder, 1).state = DECEASED
        assert names(by_phone(session, HOME)) == ["王桂兰", "李建国"]


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "王桂兰", "phone": HOME},
        {"name": "汪贵兰", "phone": HOME, "birth": "1942"},
        {"name": "王桂兰", "phone": HOME, "birth": "1942-03-05"},
    ],
)
def test_who_may_be_the_same_person_is_refused(sessions: Sessions, typed: dict[str, str]) -> None:
    couple(sessions)
    with sessions.begin() as session, pytest.raises(TakenError) as raised:
        put(session, typed)
    assert (raised.value.field, raised.value.elder_id) == ("phone", 1)


def test_namesakes_born_apart_share_it(sessions: Sessions) -> None:
    couple(sessions)
    with sessions.begin() as session:
        put(session, {"name": "王桂兰", "phone": HOME, "birth": "1965"})
        assert len(by_phone(session, HOME)) == 3


def test_a_mobile_number_is_nobody_elses_and_a_house_is_no_household(sessions: Sessions) -> None:
    with sessions.begin() as session:
        put(session, {"name": "王桂兰", "phone": "13800000001"})
        with pytest.raises(TakenError):
            put(session, {"name": "李建国", "phone": "13800000001"})
        for name in ("赵一", "钱二", "孙三", "周四")[:MOST]:
            put(session, {"name": name, "phone": HOME})
        with pytest.raises(TakenError):
            put(session, {"name": "吴五", "phone": HOME})


def test_moving_in_and_out_of_a_landline(sessions: Sessions) -> None:
    couple(sessions)
    with sessions.begin() as session:
        correct(session, session.get_one(Elder, 1), {"phone": "04835550000"}, by="t", now=NOW)
        assert names(by_phone(session, HOME)) == ["李建国"]
        put(session, {"name": "张三", "phone": HOME})
        correct(session, session.get_one(Elder, 1), {"phone": HOME}, by="t", now=NOW)
        assert {each.phone_nth for each in by_phone(session, HOME)} == {2, 3, 4}
        with pytest.raises(TakenError):
            told = {"phone": "04835551234", "name": "李建国", "birth_year": None}
            correct(session, session.get_one(Elder, 3), {"phone": "04835550001"}, by="t", now=NOW)
            correct(session, session.get_one(Elder, 3), told, by="t", now=NOW)


def test_a_sheet_with_a_couple_is_no_sheet_of_duplicates(sessions: Sessions) -> None:
    octets = sheet(
        row("王桂兰", HOME, 出生="1942"),
        row("李建国", HOME, 出生="1940"),
        row("王桂兰", HOME),
        row("赵强", "13800000009"),
        row("钱勇", "13800000009"),
    )
    with sessions.begin() as session:
        rows = look(session, read_lines(read_sheet(octets).rows, own_lists(), NOW.date()))
        assert [each.number for each in rows if each.is_wrong] == [4, 6]
        assert not any(each.asks for each in rows)
        assert write(session, rows, {}, by="t", now=NOW).added == 3
    with sessions.begin() as session:
        again = look(session, read_lines(read_sheet(octets).rows, own_lists(), NOW.date()))
        assert {each.number: each.same.id for each in again if each.same} == {2: 1, 3: 2, 5: 3}
        fourth = read_sheet(sheet(row("孙小妹", HOME))).rows
        third = look(session, read_lines(fourth, own_lists(), NOW.date()))
        assert [(each.asks, each.same) for each in third] == [(False, None)]
        chosen = {2: Decision(correct=1), 3: Decision(correct=2)}
        assert write(session, again, chosen, by="t", now=NOW).changed == 2


def test_the_address_that_all_share() -> None:
    one, other = Elder(name="王", address="东街3号"), Elder(name="李", address=None)
    assert shared_address([one, other]) == "东街3号"
    other.address = "西街1号"
    assert shared_address([one, other]) is None
    assert shared_address([]) is None
    assert all_names([one, other]) == "王、李"
    assert len(all_names([Elder(name="欧阳" * 10)] * 4)) == 64


def test_an_alarm_of_their_number_calls_the_contacts_of_both(sessions: Sessions) -> None:
    couple(sessions)
    with sessions.begin() as session:
        for elder, phone in ((1, "13900000001"), (2, "13900000002"), (2, "13900000001")):
            session.add(ElderContact(elder_id=elder, name="小红", phone=phone))
        alarm = Alarm(ref="A1", category="fall", severity=1, said="", raised_at=NOW, phone=HOME)
        session.add(alarm)
        session.flush()
        out = AlarmOutgoing(
            alarm_id=alarm.id, key="k", rung="supervisor", audience="contacts", made_at=NOW
        )
        ladder, words = Ladder.load(), Words.load()
        notice = Writer(ladder, words).write(session, out, alarm)
        assert notice is not None
        assert notice.phones == ("13900000001", "13900000002")


def test_the_desk_sees_both_until_it_is_known_who_calls(sessions: Sessions) -> None:
    couple(sessions)
    conversation = talk(sessions, f"tel:{HOME}", "我想订饭")
    with sessions.begin() as session:
        [each] = people(session, [conversation]).values()
        assert (each.name, each.elders, each.elder_id) == ("王桂兰、李建国", (1, 2), None)
        assert names(record_of(session, conversation).elders) == ["王桂兰", "李建国"]
        session.add(_call(conversation, elder=2))
    with sessions() as session:
        [each] = people(session, [conversation]).values()
        assert (each.name, each.elder_id) == ("李建国", 2)


def test_what_names_the_other_is_not_in_ones_record(sessions: Sessions) -> None:
    couple(sessions)
    conversation = talk(sessions, f"tel:{HOME}", "我想订饭")
    with sessions.begin() as session:
        for ref, elder in (("A1", 1), ("A2", 2), ("A3", None)):
            alarm = Alarm(ref=ref, category="fall", severity=1, said="", raised_at=NOW, phone=HOME)
            alarm.elder_id = elder
            session.add(alarm)
        session.add(_call(conversation, elder=2))
        session.flush()
        record = record_of(session, conversation)
        assert {each.ref for each in record.alarms} == {"A2", "A3"}
