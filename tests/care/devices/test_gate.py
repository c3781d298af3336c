"""Who is let in: signed, of now, once; across processes and restarts."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from care.devices import service
from care.devices.gate import KEPT, WINDOW, Gate, Refusal, RefusedError, forget_nonces
from care.devices.keys import DeviceKeys
from care.devices.signature import Signed, is_signed, sign
from care.storage.engine import Sessions
from tests.care.devices.setting import KINDS, House

_TEXT = st.text(st.characters(codec="utf-8"), max_size=8)


@pytest.fixture
def house(sessions: Sessions, tmp_path: Path) -> House:
    found = House(sessions, tmp_path)
    found.add()
    return found


def _why(house: House, request: Signed) -> Refusal | None:
    try:
        house.gate.admit(request)
    except RefusedError as error:
        return error.why
    return None


def test_what_is_signed_is_let_in_and_counts_as_heard(house: House) -> None:
    house.time.pass_(hours=1)
    assert _why(house, house.signed()) is None
    assert house.now().last_seen_at == house.time()


def test_the_signature_is_the_documented_one() -> None:
    """Computed with `openssl dgst -sha256 -hmac`, so that nobody changes it by accident."""
    request = Signed("P-1", "1763690400", "n" * 16, "", "POST", "/api/alarms", b'{"reference":"1"}')
    signature = "9741d5cce5f041adbf5da22b649774cc66d6e23befb13a1b703ea84f5d7d87cd"
    assert sign("JBSWY3DPEHPK3PXP", request) == signature


@pytest.mark.parametrize(
    "changed",
    [
        {"body": b'{"reference": "2"}'},
        {"path": "/api/devices/heartbeat"},
        {"method": "PUT"},
        {"nonce": "m" * 16},
        {"signature": ""},
        {"signature": "é" * 64},
        {"signature": "0" * 64},
        {"device": "P-2"},
        {"device": "' OR 1=1 --"},
    ],
)
def test_one_changed_part_and_it_is_refused(house: House, changed: dict[str, Any]) -> None:
    assert _why(house, replace(house.signed(), **changed)) is Refusal.BAD_SIGNATURE


@pytest.mark.parametrize(
    "changed",
    [{"nonce": "short"}, {"nonce": "n" * 65}, {"nonce": "n" * 15 + "\n"}, {"timestamp": "now"},
     {"timestamp": ""}, {"timestamp": "-1763690400"}, {"timestamp": "１７６３６９０４００"}],
)  # fmt: skip
def test_what_is_no_timestamp_and_no_nonce_is_refused(
    house: House, changed: dict[str, Any]
) -> None:
    assert _why(house, replace(house.signed(), **changed)) is Refusal.UNSIGNED


def test_a_retired_device_and_an_old_key_are_refused(house: House) -> None:
    request = house.signed()
    with house.sessions.begin() as session:
        service.new_key(session, house.keys, "P-1")
    assert _why(house, request) is Refusal.BAD_SIGNATURE
    with house.sessions.begin() as session:
        _, house.secrets["P-1"] = service.new_key(session, house.keys, "P-1")
    assert _why(house, house.signed()) is None
    with house.sessions.begin() as session:
        service.retire(session, "P-1", house.time())
    assert _why(house, house.signed(nonce="m" * 16)) is Refusal.BAD_SIGNATURE


@pytest.mark.parametrize("sign_", [-1, 1])
def test_a_clock_may_be_off_a_little(house: House, sign_: int) -> None:
    near, far = house.time() + sign_ * WINDOW, house.time() + sign_ * WINDOW * 1.1
    assert _why(house, house.signed(at=near)) is None
    assert _why(house, house.signed(at=far, nonce="m" * 16)) is Refusal.STALE


def test_a_request_is_let_in_once(house: House) -> None:
    request = house.signed()
    assert _why(house, request) is None
    assert _why(house, request) is Refusal.REPLAYED


def test_also_not_by_another_process_or_after_a_restart(house: House, tmp_path: Path) -> None:
    request = house.signed()
    assert _why(house, request) is None
    again = Gate(house.sessions, DeviceKeys(tmp_path / "devices.key"), KINDS, house.time)
    with pytest.raises(RefusedError, match="replayed"):
        again.admit(request)


def test_of_many_at_once_one_is_let_in(house: House) -> None:
    request = house.signed()
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: _why(house, request), range(8)))
    assert found.count(None) == 1
    assert set(found) == {None, Refusal.REPLAYED}


def test_two_devices_may_choose_the_same_nonce(house: House) -> None:
    house.add("P-2")
    assert _why(house, house.signed()) is None
    assert _why(house, house.signed(ref="P-2")) is None


def test_a_clock_that_is_set_back_lets_nothing_in_again(house: House) -> None:
    request = house.signed()
    assert _why(house, request) is None
    house.time.pass_(days=1)
    forget_nonces(house.sessions, house.time())
    house.time.pass_(days=-1)
    assert _why(house, request) is Refusal.REPLAYED


def test_nonces_are_forgotten_when_nothing_could_carry_them(house: House) -> None:
    assert _why(house, house.signed()) is None
    assert forget_nonces(house.sessions, house.time() + KEPT) == 0
    assert forget_nonces(house.sessions, house.time() + KEPT * 1.1) == 1


@settings(max_examples=100, deadline=None)
@given(
    first=st.tuples(_TEXT, _TEXT, st.binary(max_size=16)),
    second=st.tuples(_TEXT, _TEXT, st.binary(max_size=16)),
)
def test_no_two_requests_have_the_same_signature(
    first: tuple[str, str, bytes], second: tuple[str, str, bytes]
) -> None:
    """Line feeds can't be in a path or a nonce that was let so far; bodies hold anything."""

    def made(parts: tuple[str, str, bytes]) -> Signed:
        path, nonce = (part.replace("\n", "") for part in parts[:2])
        return Signed("P-1", "1763690400", nonce, "", "POST", f"/{path}", parts[2])

    one, other = made(first), made(second)
    assert (sign("k", one) == sign("k", other)) is (one == other)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(flipped=st.integers(0, 63), to=st.sampled_from("0123456789abcdef"))
def test_no_changed_digit_of_a_signature_passes(flipped: int, to: str) -> None:
    request = Signed("P-1", "1763690400", "n" * 16, "", "POST", "/api/alarms", b"{}")
    good = sign("secret", request)
    bad = good[:flipped] + to + good[flipped + 1 :]
    assert is_signed("secret", replace(request, signature=bad)) is (bad == good)
    assert is_signed("secret", replace(request, signature=good.upper()))
