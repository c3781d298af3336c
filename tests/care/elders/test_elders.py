"""Who calls, by the number that the network gave."""

import pytest

from care.elders.model import Elder
from care.elders.service import by_calling_number, by_phone
from care.storage.engine import Sessions

ELDERS = {
    "王大明": "13900000009",
    "李秀英": "04715551234",
    "赵国强": "6661234",
    "孙玉兰": "04727771234",
    "周德才": "04737771234",
}


def _fill(sessions: Sessions) -> None:
    with sessions.begin() as session:
        session.add_all(Elder(name=name, phone=phone) for name, phone in ELDERS.items())


@pytest.mark.parametrize(
    ("calling", "name", "sure"),
    [
        ("+8613900000009", "王大明", True),
        ("04715551234", "李秀英", False),
        ("5551234", "李秀英", False),
        ("6661234", "赵国强", False),
        ("04716661234", "赵国强", False),
    ],
)
def test_found_in_whatever_form_the_carrier_writes(
    sessions: Sessions, calling: str, name: str, sure: bool
) -> None:
    _fill(sessions)
    with sessions() as session:
        found = by_calling_number(session, calling)
        assert found is not None
        assert ([each.name for each in found.elders], found.sure) == ([name], sure)


@pytest.mark.parametrize(
    "calling", [None, "", "anonymous", "13900000008", "7771234", "04715551235", "551234", "%"]
)
def test_nobody_or_several(sessions: Sessions, calling: str | None) -> None:
    _fill(sessions)
    with sessions() as session:
        assert by_calling_number(session, calling) is None


def test_the_number_of_the_record_itself(sessions: Sessions) -> None:
    _fill(sessions)
    with sessions() as session:
        [elder] = by_phone(session, "13900000009")
        assert elder.name == "王大明"
