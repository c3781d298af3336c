"""Two who store the same number in the same moment: one does, the other is told."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select

from care.elders.model import Elder
from care.elders.writing import TakenError, correct
from care.storage.engine import Sessions
from tests.care.elders.filled import put
from tests.conftest import NOW

ROUNDS = 12


def _together(sessions: Sessions, *typed: Mapping[str, str]) -> list[str]:
    """What each got: added, or the field that is taken."""
    ready = Barrier(len(typed))

    def one(values: Mapping[str, str]) -> str:
        ready.wait(10)
        try:
            with sessions.begin() as session:
                put(session, values)
        except TakenError as error:
            return error.field
        return "added"

    with ThreadPoolExecutor(len(typed)) as threads:
        return sorted(threads.map(one, typed))


def test_a_mobile_number(sessions: Sessions) -> None:
    for nth in range(ROUNDS):
        phone = f"138000000{nth:02}"
        told = [{"name": name, "phone": phone} for name in ("王桂兰", "李建国", "王桂兰")]
        assert _together(sessions, *told) == ["added", "phone", "phone"]


def test_an_identity_number(sessions: Sessions) -> None:
    told = [
        {"name": "王桂兰", "phone": f"138000000{nth:02}", "identity": "152921194203050029"}
        for nth in range(2)
    ]
    assert _together(sessions, *told) == ["added", "identity"]


def test_a_couple_gets_in_both(sessions: Sessions) -> None:
    for nth in range(ROUNDS):
        phone = f"048355512{nth:02}"
        told = [{"name": name, "phone": phone} for name in ("王桂兰", "李建国")]
        assert _together(sessions, *told) == ["added", "added"]
        with sessions() as session:
            query = select(Elder.phone_nth).where(Elder.phone == phone)
            assert sorted(session.scalars(query)) == [1, 2]


def test_two_records_that_are_corrected_to_one_number(sessions: Sessions) -> None:
    with sessions.begin() as session:
        for nth in range(2 * ROUNDS):
            put(session, {"name": "王桂兰", "phone": f"139000000{nth:02}"})
    for nth in range(ROUNDS):
        ready, phone = Barrier(2), f"138000000{nth:02}"

        def one(number: int, ready: Barrier = ready, phone: str = phone) -> bool:
            ready.wait(10)
            try:
                with sessions.begin() as session:
                    elder = session.get_one(Elder, number)
                    correct(session, elder, {"phone": phone, "diet": "软食"}, by="t", now=NOW)
            except TakenError:
                return False
            return True

        with ThreadPoolExecutor(2) as threads:
            assert sorted(threads.map(one, (2 * nth + 1, 2 * nth + 2))) == [False, True]
