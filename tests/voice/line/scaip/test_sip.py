"""As much of SIP as is spoken here: what is read, what is answered, and what is no SIP."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.line.scaip.unit import message, mrq
from voice.line.scaip.sip import MOST_HEADERS, SipError, answer, answer_port, compose, parse, uri_in

PEER = ("192.0.2.9", 40_000)


def test_a_message_is_read_whole() -> None:
    found = parse(message(mrq()) + b"what is behind the length is not of it")
    assert (found.method, found.uri) == ("MESSAGE", "sip:12349@127.0.0.1")
    assert (found.body, found.branch) == (mrq(), "z9hG4bKa1")
    assert found.one("call-id") == "c1@127.0.0.1"


def test_short_names_and_folded_lines_mean_the_same() -> None:
    found = parse(
        b"MESSAGE sip:a@b SIP/2.0\r\nv: SIP/2.0/UDP h;branch=z9hG4bKx\r\n"
        b"f: <sip:u@h>\r\n ;tag=1\r\n"
        b"t:\t<sip:a@b>\r\ni:x\r\nCSEQ: 1  MESSAGE\r\nc: text/xml\r\nl: 2\r\n\r\nhi"
    )
    assert found.one("from") == "<sip:u@h> ;tag=1"
    assert (found.one("content-type"), found.body, found.branch) == ("text/xml", b"hi", "z9hG4bKx")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("SIP/2.0\r\nVia", "SIP/3.0\r\nVia"),
        ("MESSAGE sip", "message sip"),
        ("Call-ID: c1@127.0.0.1\r\n", ""),
        ("Call-ID: c1@127.0.0.1\r\n", "Call-ID: a\r\ni: b\r\n"),
        ("CSeq: 1 MESSAGE", "CSeq: 1 INVITE"),
        ("CSeq: 1 MESSAGE", "CSeq: one MESSAGE"),
        ("Content-Length: ", "Content-Length: 9"),
        ("Content-Length: ", "Content-Length: -"),
        ("Content-Length: ", "Content-Length: 1\r\nl: "),
        ("Max-Forwards: 70", "Max-Forwards 70"),
        ("Max-Forwards: 70", "Max-Forwards: 7\n0"),
        ("Max-Forwards: 70", "X: 1\r\n" * MOST_HEADERS + "Max-Forwards: 70"),
        ("Via: SIP/2.0/UDP", "Via: HTTP/1.1"),
        ("\r\n\r\n", "\r\n"),
    ],
)
def test_what_can_t_be_answered_is_no_sip(old: str, new: str) -> None:
    octets = message(b"hi").decode()
    assert old in octets
    with pytest.raises(SipError):
        parse(octets.replace(old, new, 1).encode())


def test_an_answer_goes_back_the_way_it_came() -> None:
    request = parse(
        message(b"hi").replace(
            b"Max-Forwards", b"Via: SIP/2.0/UDP far;branch=z9hG4bKb\r\nMax-Forwards"
        )
    )
    found = parse(answer(request, 200, "OK", PEER, tag="t1", body=b"<mrs/>", content_type="a/b"))
    assert found.status == 200
    first, second = found.all("via")
    assert ";rport=40000" in first
    assert first.endswith(";received=192.0.2.9")
    assert second == "SIP/2.0/UDP far;branch=z9hG4bKb"
    assert found.one("to") == "<sip:12349@127.0.0.1>;tag=t1"
    for name in ("from", "call-id", "cseq"):
        assert found.one(name) == request.one(name)
    assert (found.body, found.one("content-type")) == (b"<mrs/>", "a/b")


def test_of_several_hops_in_one_header_the_first_is_marked() -> None:
    octets = message(b"hi").replace(b";rport\r\n", b";rport, SIP/2.0/UDP far;branch=z9hG4bKb\r\n")
    found = parse(answer(parse(octets), 200, "OK", PEER, tag="t"))
    assert found.one("via") == (
        "SIP/2.0/UDP 127.0.0.1:5099;branch=z9hG4bKa1;rport=40000;received=192.0.2.9,"
        " SIP/2.0/UDP far;branch=z9hG4bKb"
    )


def test_what_we_send_is_read_by_the_same_rules() -> None:
    request = parse(message(b"hi"))
    octets = compose(
        request,
        ours=("::1", 5070),
        transport="UDP",
        token="abc",
        body=b"<mrs/>",
        content_type="a/b",
    )
    found = parse(octets)
    assert (found.method, found.uri) == ("MESSAGE", "sip:0012345@127.0.0.1")
    assert found.branch == "z9hG4bKabc"
    assert found.one("via").startswith("SIP/2.0/UDP [::1]:5070;")
    assert uri_in(found.one("from")) == "sip:12349@127.0.0.1"


@pytest.mark.parametrize(
    ("via", "port"),
    [
        ("SIP/2.0/UDP 10.0.0.7:5099;branch=z9;rport", None),
        ("SIP/2.0/UDP 10.0.0.7:5099;branch=z9", 5099),
        ("SIP/2.0/UDP [2001:db8::1]:5099;branch=z9", 5099),
        ("SIP/2.0/UDP unit.example;branch=z9", 5060),
        ("SIP/2.0/UDP unit.example:99999;branch=z9", None),
    ],
)
def test_where_a_sender_over_udp_wants_its_answer(via: str, port: int | None) -> None:
    octets = message(b"hi").decode()
    theirs = next(line for line in octets.split("\r\n") if line.startswith("Via:"))
    assert answer_port(parse(octets.replace(theirs, f"Via: {via}").encode())) == port


@pytest.mark.parametrize(
    ("header", "uri"),
    [
        ("<sip:a@b>;tag=1", "sip:a@b"),
        ('"<sip:evil@x>" <sip:a@b;transport=tcp>', "sip:a@b;transport=tcp"),
        ("sip:a@b;tag=1", "sip:a@b"),
        ("", ""),
    ],
)
def test_the_address_in_a_header(header: str, uri: str) -> None:
    assert uri_in(header) == uri


@settings(max_examples=400, deadline=None)
@given(
    cut=st.integers(0, 600),
    inserted=st.one_of(
        st.binary(max_size=12), st.sampled_from([b"\r\n", b"\r\n\r\n", b"\0", b";"])
    ),
    removed=st.integers(0, 30),
)
def test_anything_is_a_message_that_can_be_answered_or_no_sip(
    cut: int, inserted: bytes, removed: int
) -> None:
    octets = message(mrq())
    cut = min(cut, len(octets))
    try:
        found = parse(octets[:cut] + inserted + octets[cut + removed :])
    except SipError:
        return
    if found.method:
        again = parse(answer(found, 200, "OK", PEER, tag="t"))
        assert (again.status, again.one("call-id")) == (200, found.one("call-id"))
        assert len(again.headers) <= len(found.headers) + 2  # nothing was smuggled into a line
