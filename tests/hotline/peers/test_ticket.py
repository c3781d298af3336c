"""What one process asks of another, signed: who may ask, whom, when, and how often."""

import base64
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.calls.keys import open_keyring, rotate
from care.storage.seal import Seal, SealError
from console.desk.calls import Part
from hotline.peers.asked import Asked, Dial, Dismiss, Hold, Look, Sound, Turn
from hotline.peers.ticket import LASTS, LONGEST, TicketError, Tickets
from tests.care.operators.people import Time

HERE, THERE = "http://10.0.0.5:8000", "http://10.0.0.6:8000"
HOLD = Hold(conversation=7, on=True, by="zhangmin")
NAMES, NUMBERS = st.text(max_size=64), st.integers(1, 2**31)
PARTS = st.sampled_from(Part)
ASKED: st.SearchStrategy[Asked] = st.one_of(
    st.builds(Look),
    st.builds(Sound, conversation=NUMBERS, name=NAMES, part=PARTS, rate=NUMBERS),
    st.builds(Dial, conversation=NUMBERS, target=NAMES, name=NAMES, part=PARTS),
    st.builds(Hold, conversation=NUMBERS, on=st.booleans(), by=NAMES),
    st.builds(Turn, conversation=NUMBERS, name=NAMES, part=PARTS),
    st.builds(Dismiss, conversation=NUMBERS, leg=NAMES),
)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("key") / "elders.key"
    open_keyring(path)
    return path


def tickets(key: Path, own: str = THERE, clock: Time | None = None) -> Tickets:
    return Tickets(Seal(key).keys, own, clock or Time())


@given(asked=ASKED)
def test_what_is_asked_arrives(key: Path, asked: Asked) -> None:
    ticket = tickets(key, HERE).write(THERE, asked)
    assert tickets(key).read(ticket) == asked
    assert ticket.isascii()


@given(at=st.integers(0), bit=st.integers(0, 7))
def test_whoever_changes_one_bit_is_refused(key: Path, at: int, bit: int) -> None:
    octets = bytearray(base64.urlsafe_b64decode(tickets(key, HERE).write(THERE, HOLD)))
    octets[at % len(octets)] ^= 1 << bit
    with pytest.raises(TicketError):
        tickets(key).read(base64.urlsafe_b64encode(octets).decode())


@given(st.text() | st.binary().map(lambda octets: base64.urlsafe_b64encode(octets).decode()))
def test_nothing_else_is_a_ticket(key: Path, text: str) -> None:
    with pytest.raises(TicketError):
        tickets(key).read(text)


def test_it_is_good_once(key: Path) -> None:
    there = tickets(key)
    ticket = tickets(key, HERE).write(THERE, HOLD)
    assert there.read(ticket) == HOLD
    with pytest.raises(TicketError, match="before"):
        there.read(ticket)


@pytest.mark.parametrize("seconds", [-LASTS - 1, LASTS + 1])
def test_it_is_good_for_some_seconds(key: Path, seconds: float) -> None:
    clock = Time()
    ticket = tickets(key, HERE).write(THERE, HOLD)
    clock.passes(seconds=seconds)
    with pytest.raises(TicketError, match="of now"):
        tickets(key, clock=clock).read(ticket)
    clock.now -= timedelta(seconds=seconds / 2)
    assert tickets(key, clock=clock).read(ticket) == HOLD


def test_it_is_for_one_process_of_one_installation(key: Path, tmp_path: Path) -> None:
    ticket = tickets(key, HERE).write(THERE, HOLD)
    with pytest.raises(TicketError, match="another process"):
        tickets(key, HERE).read(ticket)
    with pytest.raises(TicketError, match="this installation"):
        tickets(tmp_path / "elders.key").read(ticket)


def test_a_key_that_was_changed_lets_in_who_has_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "elders.key"
    ticket = tickets(path, HERE).write(THERE, HOLD)
    rotate(path)
    assert tickets(path).read(ticket) == HOLD


def test_a_long_one_is_not_looked_at_and_without_keys_there_is_none(
    key: Path, tmp_path: Path
) -> None:
    with pytest.raises(TicketError, match="long"):
        tickets(key).read("A" * (LONGEST + 1))
    (tmp_path / "elders.key").write_text("spoiled")
    with pytest.raises(SealError):
        tickets(tmp_path / "elders.key").write(THERE, HOLD)
    with pytest.raises(TicketError):
        tickets(tmp_path / "elders.key").read(tickets(key, HERE).write(THERE, HOLD))
