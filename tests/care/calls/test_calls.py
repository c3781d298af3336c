"""Records of calls: begun, noted, ended, found, and what a refusal or a crash leaves."""

import pytest
from sqlalchemy.exc import IntegrityError

from care.calls import service
from care.calls.kind import Consent, Direction, Kind
from care.calls.service import NewCall
from care.conversations import service as conversations
from care.elders.model import Elder
from care.storage.engine import Sessions
from tests.care.calls.records import RINGS, at, details, ring
from tests.conftest import NOW

SAID = "我摔倒了"


def _talk(sessions: Sessions, call_id: int) -> None:
    with sessions.begin() as session:
        service.answer(session, call_id, at(1))
        service.note(
            session, call_id, Kind.HEARD, {"text": SAID, "confidence": 0.9, "seconds": 1.5}, at(3)
        )
        service.note(session, call_id, Kind.SAID, {"text": "您别动", "seconds": 0.8}, at(4))


def _decide(sessions: Sessions, call_id: int, consent: Consent) -> None:
    with sessions.begin() as session:
        service.set_consent(session, call_id, consent, at(5))


def _end(sessions: Sessions, call_id: int, why: str = "they hung up") -> None:
    with sessions.begin() as session:
        service.end(session, call_id, why, at(9))


def test_a_call_is_kept_with_its_whole_course(sessions: Sessions) -> None:
    call = ring(sessions)
    _talk(sessions, call.id)
    _decide(sessions, call.id, Consent.GIVEN)
    _end(sessions, call.id)
    with sessions() as session:
        found = service.find(session, f" {call.ref.lower()}")
        assert (found.caller, found.called, found.direction) == (RINGS.caller, "12349", "in")
        assert (found.started_at, found.answered_at, found.ended_at) == (NOW, at(1), at(9))
        assert (found.why, found.consent) == ("they hung up", "given")
    assert details(sessions, call.ref) == [
        ("rang", {}),
        ("answered", {}),
        ("heard", {"text": SAID, "confidence": 0.9, "seconds": 1.5}),
        ("said", {"text": "您别动", "seconds": 0.8}),
        ("consent", {"answer": "given"}),
        ("ended", {"why": "they hung up"}),
    ]


@pytest.mark.parametrize("consent", [Consent.REFUSED, None])
def test_without_consent_only_times_and_outcomes_stay(
    sessions: Sessions, consent: Consent | None
) -> None:
    call = ring(sessions)
    _talk(sessions, call.id)
    if consent:
        _decide(sessions, call.id, consent)
        _talk(sessions, call.id)
        assert SAID not in str(details(sessions, call.ref))
    _end(sessions, call.id)
    kept = details(sessions, call.ref)
    assert SAID not in str(kept)
    assert ("heard", {"confidence": 0.9, "seconds": 1.5}) in kept
    assert ("said", {"seconds": 0.8}) in kept


def test_events_come_in_the_order_of_time(sessions: Sessions) -> None:
    call = ring(sessions)
    with sessions.begin() as session:
        for seconds, kind in ((3, "late"), (1, "early"), (3, "later")):
            service.note(session, call.id, kind, {}, at(seconds))
    assert [kind for kind, _ in details(sessions, call.ref)] == ["rang", "early", "late", "later"]


def test_a_call_ends_once(sessions: Sessions) -> None:
    call = ring(sessions)
    _end(sessions, call.id)
    _end(sessions, call.id, "lost")
    with sessions() as session:
        assert service.find(session, call.ref).why == "they hung up"
    assert [kind for kind, _ in details(sessions, call.ref)] == ["rang", "ended"]


def test_a_reference_that_is_taken_gives_way(sessions: Sessions) -> None:
    first = ring(sessions)
    with sessions.begin() as session:
        second = service.begin(session, RINGS, NOW, first.ref)
    assert second.ref != first.ref
    assert second.ref[:7] == first.ref[:7] == "C261121"


def test_an_impossible_call_is_an_error_and_no_endless_loop(sessions: Sessions) -> None:
    wrong = NewCall("leg", Direction.IN, None)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError), sessions.begin() as session:
        service.begin(session, wrong, NOW)


def test_whose_call_it_is(sessions: Sessions) -> None:
    call = ring(sessions)
    with sessions.begin() as session:
        elder = Elder(name="王大明", phone="13900000009")
        row = conversations.open_conversation(session, sender_id="a", channel="phone", now=NOW)
        session.add(elder)
        session.flush()
        service.belongs(session, call.id, elder_id=elder.id)
        service.belongs(session, call.id, conversation_id=row.id)
    with sessions() as session:
        found = service.find(session, call.ref)
        assert (found.elder_id, found.conversation_id) == (elder.id, row.id)


def test_the_last_calls_come_first(sessions: Sessions) -> None:
    refs = [ring(sessions).ref for _ in range(4)]
    with sessions() as session:
        assert [call.ref for call in service.recent(session, 3)] == refs[:0:-1]
        with pytest.raises(service.CallNotFoundError, match="C0"):
            service.find(session, "C0")


def test_what_a_crash_left_open_ends_with_what_is_known_last(sessions: Sessions) -> None:
    ours, other = ring(sessions), ring(sessions, NewCall("leg-2", Direction.IN, "sip"))
    _talk(sessions, ours.id)
    with sessions.begin() as session:
        left = service.close_abandoned(session, "host-1", at(3_600))
        assert [call.ref for call in left] == [ours.ref]
        assert (left[0].why, left[0].ended_at) == ("crashed", at(4))
        assert service.close_abandoned(session, "host-1", at(3_600)) == []
        assert service.find(session, other.ref).ended_at is None
    assert SAID not in str(details(sessions, ours.ref))


def test_what_was_said_is_stored_with_the_moment_it_began(sessions: Sessions) -> None:
    call = ring(sessions)
    with sessions.begin() as session:
        service.note(session, call.id, Kind.HEARD, {"text": "喂", "seconds": 2.0}, at(5))
        service.note(session, call.id, Kind.SAID, {"text": "您好", "seconds": 9.0}, at(6))
        service.note(session, call.id, "silence", {"seconds": 6.0}, at(7))
        times = [(event.kind, event.at) for event in service.events(session, call.id)]
    assert times == [("rang", at(0)), ("said", at(0)), ("heard", at(3)), ("silence", at(7))]


def test_a_number_that_is_typed_is_not_kept(sessions: Sessions) -> None:
    call = ring(sessions)
    with sessions.begin() as session:
        service.note(session, call.id, Kind.KEY, {"digit": "0"}, at(1))
        for place, digit in enumerate("13800000001"):
            service.note(session, call.id, Kind.KEY, {"digit": digit}, at(10 + place))
        service.note(session, call.id, Kind.KEY, {"digit": "2"}, at(60))
    digits = [detail["digit"] for kind, detail in details(sessions, call.ref) if kind == "key"]
    assert digits == ["0", "1", *["***"] * 10, "2"]


def test_what_a_carrier_tells_may_be_too_long(sessions: Sessions) -> None:
    long = "1" * 300
    call = ring(sessions, NewCall(long, Direction.IN, long, long, long, long))
    with sessions.begin() as session:
        service.note(session, call.id, "k" * 300, {}, NOW)
        service.end(session, call.id, long, NOW)
    with sessions() as session:
        found = service.find(session, call.ref)
        assert (found.caller, found.why) == ("1" * 32, "***")


@pytest.mark.parametrize("consent", [Consent.GIVEN, Consent.REFUSED, None])
def test_last_words_after_the_end_are_kept_only_when_agreed(
    sessions: Sessions, consent: Consent | None
) -> None:
    call = ring(sessions)
    if consent:
        _decide(sessions, call.id, consent)
    _end(sessions, call.id)
    _talk(sessions, call.id)
    assert (SAID in str(details(sessions, call.ref))) is (consent == Consent.GIVEN)
