"""Two records of one person become one."""

from typing import Any

import pytest
from sqlalchemy import select

from care.alarms.model import Alarm
from care.calls.model import Call
from care.elders import contact as contacts
from care.elders.ability import assess, assessments
from care.elders.consent import Consent, agreed, say
from care.elders.contact import NewContact
from care.elders.duplicates import pairs
from care.elders.event import events
from care.elders.finding import find
from care.elders.merging import NotTwoError, merge
from care.elders.model import MERGED, Elder
from care.elders.service import by_calling_number, by_phone, numbers
from care.storage.engine import Sessions
from tests.care.calls.records import ring
from tests.care.elders.filled import put
from tests.conftest import NOW

FIRST = {"name": "王桂兰", "phone": "13800000001", "birth": "1942", "region": "额济纳旗"}
SECOND = {
    **FIRST,
    "name": "汪贵兰",
    "phone": "04835551234",
    "birth": "1942-03-05",
    "identity": "152921194203050029",
    "situations": "独居",
    "address": "胡杨小区3号楼",
}
BY: dict[str, Any] = {"by": "zhangmin", "now": NOW}


def _two(sessions: Sessions) -> None:
    call = ring(sessions)
    with sessions.begin() as session:
        put(session, FIRST)
        second = put(session, SECOND)
        session.get_one(Call, call.id).elder_id = second.id
        for name, phone in (("王小红", "13900000001"), ("赵大勇", "13900000002")):
            contacts.add(session, second.id, NewContact(name, "", phone, None), **BY)
        contacts.add(session, 1, NewContact("小红", "", "13900000001", None), **BY)
        assess(session, second, 3, on=NOW.date(), assessor="评估中心", **BY)
        say(session, second.id, Consent.VISITS, given=True, how="", **BY)


def test_what_belongs_to_the_other_moves_along(sessions: Sessions) -> None:
    _two(sessions)
    with sessions() as session:
        assert [(each.first.id, each.second.id) for each in pairs(session)] == [(1, 2)]
    with sessions.begin() as session:
        merge(session, session.get_one(Elder, 1), session.get_one(Elder, 2), **BY)
    with sessions() as session:
        kept, other = session.get_one(Elder, 1), session.get_one(Elder, 2)
        assert (kept.name, kept.birth_year, kept.address) == ("王桂兰", 1942, "胡杨小区3号楼")
        assert (kept.identity, other.identity) == ("152921194203050029", None)
        assert kept.situations == {"独居"}
        assert (kept.ability, kept.ability_by) == (3, "评估中心")
        assert len(assessments(session, 1)) == 1
        assert agreed(session, 1, Consent.VISITS) is True
        assert [each.name for each in contacts.contacts(session, 1)] == ["小红", "赵大勇"]
        assert session.scalars(select(Call.elder_id)).all() == [1]
        assert other.state == MERGED
        assert pairs(session) == []
        assert [each.id for each in find(session, "王桂兰").elders] == [1]
        for number in ("13800000001", "04835551234"):
            assert [each.id for each in by_phone(session, number)] == [1]
        caller = by_calling_number(session, "5551234")
        assert caller is not None
        assert [each.id for each in caller.elders] == [1]
        assert numbers(session, kept) == ["13800000001", "04835551234"]
        assert "merged" in [each.kind for each in events(session, 1, count=20)]


def test_alarms_move_along(embedded: Sessions) -> None:
    _two(embedded)
    with embedded.begin() as session:
        session.add(
            Alarm(ref="A1", category="fall", severity=2, said="", raised_at=NOW, elder_id=2)
        )
    with embedded.begin() as session:
        merge(session, session.get_one(Elder, 1), session.get_one(Elder, 2), **BY)
    with embedded() as session:
        assert session.scalars(select(Alarm.elder_id)).all() == [1]


def test_nothing_is_merged_twice_or_with_itself(embedded: Sessions) -> None:
    _two(embedded)
    with embedded.begin() as session:
        first, second = session.get_one(Elder, 1), session.get_one(Elder, 2)
        with pytest.raises(NotTwoError):
            merge(session, first, first, **BY)
        merge(session, first, second, **BY)
        for kept, other in ((first, second), (second, first)):
            with pytest.raises(NotTwoError):
                merge(session, kept, other, **BY)
