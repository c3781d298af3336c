"""Numbers in headers, and addresses of numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.line.sip.addresses import address_of, caller_number, number_in
from voice.line.sip.settings import SipSettings, TrunkSettings

LOCAL = SipSettings()
TRUNKED = SipSettings(
    trunk=TrunkSettings(server="10.0.0.2:5080", user="12349", transport="tcp"),
)


@pytest.mark.parametrize(
    ("header", "number"),
    [
        ("sip:13800138000@10.0.0.9", "13800138000"),
        ("<sip:13800138000@10.0.0.9:5062;transport=tcp>;tag=as1", "13800138000"),
        ('"张三" <sip:+86-138-0013-8000@host;user=phone>', "+8613800138000"),
        ("tel:+8613800138000;phone-context=example.cn", "+8613800138000"),
        ("SIPS:12349@host", "12349"),
        ('"sip:110@police" <sip:13800138000@host>', "13800138000"),
        ('"a\\"<sip:110@police>" <sip:13800138000@host>', "13800138000"),
        ("<sip:anna@host>", None),
        ("<sip:host>", None),
        ("<sip:@host>", None),
        ("13800138000", None),
        ("", None),
        (None, None),
    ],
)
def test_numbers_in_headers(header: str | None, number: str | None) -> None:
    assert number_in(header) == number


@given(st.text())
def test_whatever_a_header_holds_a_number_is_digits(header: str) -> None:
    number = number_in(header)
    assert number is None or number.lstrip("+").isdecimal()


@given(st.from_regex(r"\+?[1-9][0-9]{4,14}", fullmatch=True))
def test_every_number_comes_back(number: str) -> None:
    assert number_in(f"<sip:{number}@host>;tag=1") == number
    assert number_in(address_of(number, TRUNKED)) == number


def test_the_carrier_knows_better_than_the_telephone() -> None:
    assert caller_number("<sip:1@h>", "<sip:13800138000@carrier>") == "13800138000"
    assert caller_number("<sip:13800138000@h>", "<sip:anna@carrier>") == "13800138000"


@pytest.mark.parametrize("privacy", ["id", "user;id", "critical; ID", "header"])
def test_a_withheld_number_stays_withheld(privacy: str) -> None:
    assert caller_number("<sip:anonymous@h>", "<sip:13800138000@carrier>", privacy) is None


def test_an_anonymous_caller_has_no_number() -> None:
    from_ = '"Anonymous" <sip:anonymous@anonymous.invalid>'
    assert caller_number(from_, "<sip:13800138000@carrier>") is None
    assert caller_number("<sip:13800138000@h>", None, "none") == "13800138000"


def test_sip_addresses_are_called_as_they_are() -> None:
    for address in ("sip:anna@10.0.0.9:5062", "sips:anna@host", "sip:a@h;transport=tcp"):
        assert address_of(address, LOCAL) == address


def test_numbers_need_a_trunk() -> None:
    assert address_of("13800138000", LOCAL) is None
    assert address_of("+86 138-0013-8000", TRUNKED) == (
        "sip:+8613800138000@10.0.0.2:5080;transport=tcp"
    )


@pytest.mark.parametrize("target", ["", "anna", "sip:", "sip:a@b\r\nX: y", "sip:a b@c", "http://x"])
def test_what_is_no_address(target: str) -> None:
    assert address_of(target, TRUNKED) is None
