"""SCAIP's XML: what units write, what nobody should, and anything in between."""

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from care.data_files import DATA, DataFileError
from tests.care.devices.setting import KINDS
from tests.voice.line.scaip.unit import CODES, mrq
from voice.line.scaip.codes import Codes
from voice.line.scaip.message import (
    MOST,
    Kind,
    Reply,
    Request,
    ScaipError,
    Status,
    parse,
    render,
)


def test_the_smallest_alarm_there_is() -> None:
    found = parse(b"<mrq><ref>1243</ref><cid>678</cid><dty>2</dty></mrq>")
    assert found == Request("1243", "678", "0002")
    assert found.mty is Kind.MESSAGE


def test_everything_that_a_unit_can_say() -> None:
    found = parse(
        """<?xml version="1.0" encoding="UTF-8"?>
        <mrq xmlns="http://www.example.se/scaip">
          <ref>a1B2</ref><ver>01.00</ver><mty>IN</mty><hbo>001</hbo><cid>0012345</cid>
          <dty>5</dty><did>001d940c</did><dte>手环</dte><crd>sip:1@example.cn</crd>
          <crd>gsm:+8613800138000</crd><stc>10</stc><stt>跌倒</stt><pri>9</pri><lco>21</lco>
          <lva>2</lva><lge><geo>40.84,111.75</geo></lge><lte>灶台边</lte><ite>再次</ite><ame>1</ame>
        </mrq>""".encode()
    )
    assert found == Request(
        ref="a1B2", cid="0012345", dty="0005", mty=Kind.INFORMATION, stc="0010", did="001d940c",
        dte="手环", crd=("sip:1@example.cn", "gsm:+8613800138000"), stt="跌倒", pri=9, lco="021",
        lva="2", lte="灶台边", geo="40.84,111.75", ite="再次", hbo="001", ame=1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "status", "ref"),
    [
        (b"", Status.INVALID_FORMAT, "0"),
        (b"<mrq>", Status.INVALID_FORMAT, "0"),
        (b"<mrs><ref>1</ref></mrs>", Status.INVALID_FORMAT, "0"),
        (b"<mrq><cid>1</cid><dty>1</dty></mrq>", Status.MANDATORY_MISSING, "0"),
        (b"<mrq><ref>1</ref><dty>1</dty></mrq>", Status.MANDATORY_MISSING, "1"),
        (b"<mrq><ref>1</ref><cid>1</cid></mrq>", Status.MANDATORY_MISSING, "1"),
        (b"<mrq><ref>1 2</ref><cid>1</cid><dty>1</dty></mrq>", Status.WRONG_CONTENT, "0"),
        (b"<mrq><ref>1</ref><cid>abc</cid><dty>1</dty></mrq>", Status.WRONG_CONTENT, "1"),
        (b"<mrq><ref>1</ref><cid>1</cid><dty>fall</dty></mrq>", Status.WRONG_CONTENT, "1"),
        (mrq(mty="XX"), Status.WRONG_CONTENT, "1243"),
        (mrq(ite="x" * MOST), Status.TOO_LONG, "0"),
        (b'<?xml version="1.0" encoding="klingon"?><mrq/>', Status.INVALID_FORMAT, "0"),
        ("<mrq><ref>1</ref></mrq>".encode("utf-16")[:-1], Status.INVALID_FORMAT, "0"),
    ],
)
def test_what_can_t_be_used_says_why(body: bytes, status: Status, ref: str) -> None:
    with pytest.raises(ScaipError) as caught:
        parse(body)
    assert (caught.value.status, caught.value.ref) == (status, ref)


BOMB = """<!DOCTYPE mrq [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<mrq><ref>1</ref><cid>1</cid><dty>1</dty><ite>&d;</ite></mrq>"""
FILE = """<!DOCTYPE mrq [<!ENTITY f SYSTEM "file:///etc/passwd">]>
<mrq><ref>1</ref><cid>1</cid><dty>1</dty><ite>&f;</ite></mrq>"""
OUTSIDE = """<!DOCTYPE mrq SYSTEM "http://127.0.0.1:9/x.dtd">
<mrq><ref>1</ref><cid>1</cid><dty>1</dty></mrq>"""


@pytest.mark.parametrize("body", [BOMB, FILE, OUTSIDE], ids=["bomb", "file", "outside"])
def test_document_types_and_entities_are_refused(body: str) -> None:
    with pytest.raises(ScaipError) as caught:
        parse(body.encode())
    assert caught.value.status is Status.INVALID_FORMAT


def test_a_badly_made_alarm_is_an_alarm_all_the_same() -> None:
    found = parse(mrq(stc="oh", lco="x", pri="high", dte="很" * 300, stt="a\n\tb", unknown="1"))
    assert (found.stc, found.lco, found.pri, found.stt) == (None, None, 0, "a b")
    assert found.dte == "很" * 256


@pytest.mark.parametrize(
    ("reply", "xml"),
    [
        (Reply("1243", Status.OK), "<mrs><ref>1243</ref><snu>0</snu></mrs>"),
        (Reply("1", Status.OK, mre=1), "<mrs><ref>1</ref><snu>0</snu><mre>1</mre></mrs>"),
        (Reply("1", Status.OK, hbi=10), "<mrs><ref>1</ref><snu>0</snu><hbi>10</hbi></mrs>"),
        (Reply("0", Status.INVALID_FORMAT), "<mrs><ref>0</ref><snu>2</snu></mrs>"),
    ],
)
def test_a_reply_as_it_goes_out(reply: Reply, xml: str) -> None:
    assert render(reply).decode().partition("?>\n")[2] == xml


_TEXT = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="<&\u2028\u2029"
    ),
    max_size=40,
)


@settings(max_examples=200, deadline=None)
@given(ref=st.from_regex(r"[0-9A-Za-z]{1,16}", fullmatch=True), text=_TEXT)
def test_texts_come_through_as_they_are(ref: str, text: str) -> None:
    found = parse(mrq(ref, ite=text.replace("]]>", "")))
    assert found.ref == ref
    assert (found.ite or "") == " ".join(text.replace("]]>", "").split())


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A real request with octets put in, taken out, turned over or repeated."""
    octets = bytearray(mrq(mty="IN", stc="0010", lte="卧室", crd="sip:1@example.cn"))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(octets)))
        match draw(st.integers(0, 3)):
            case 0:
                octets[at:at] = draw(st.binary(min_size=1, max_size=6))
            case 1:
                del octets[at : at + draw(st.integers(1, 20))]
            case 2 if at < len(octets):
                octets[at] ^= 1 << draw(st.integers(0, 7))
            case _:
                octets[at:at] = octets[at : at + draw(st.integers(1, 60))]
    return bytes(octets)


@settings(max_examples=400, deadline=None)
@given(body=st.one_of(mutated(), st.binary(max_size=200)))
def test_anything_is_a_request_or_a_scaip_error(body: bytes) -> None:
    try:
        found = parse(body)
    except ScaipError as error:
        fromstring(render(Reply(error.ref, error.status)))  # the unit can be told
        return
    assert found.cid.isdigit()
    event = CODES.event(found)
    assert len(event.reference) <= 16
    assert all("\n" not in (text or "") for text in (event.text, event.place, event.fault))


@pytest.mark.parametrize(
    ("more", "kind", "fault"),
    [
        ({"dty": "0003"}, "button", None),
        ({"dty": "5", "stc": "0009"}, "fall", None),
        ({"dty": "0021", "stc": "9"}, "gas", None),
        ({"dty": "0026"}, "co", None),
        ({"dty": "0023"}, "smoke", None),
        ({"dty": "0003", "stc": "0016"}, "button", "电池电量低"),
        ({"dty": "0045", "stc": "0085"}, None, "停电"),
        ({"dty": "0999", "stc": "0999"}, None, None),
    ],
)
def test_codes_say_what_it_is_and_in_doubt_it_is_an_alarm(
    more: dict[str, str], kind: str | None, fault: str | None
) -> None:
    found = parse(mrq(**more))
    event = CODES.event(found)
    assert (event.kind, event.fault) == (kind, fault)
    assert not CODES.needs_nobody(found)


@pytest.mark.parametrize("status", ["0070", "70", "0086", "0092", "0102"])
def test_some_statuses_ask_for_nobody(status: str) -> None:
    assert CODES.needs_nobody(parse(mrq(stc=status)))


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"lco": "021"}, "厨房"),
        ({"lco": "49", "lva": "12", "lte": "朝南"}, "房间12 朝南"),
        ({"lco": "000", "lte": "小教堂"}, "小教堂"),
        ({"lco": "777", "lva": "1"}, "1"),
        ({}, None),
    ],
)
def test_the_place_in_words(more: dict[str, str], place: str | None) -> None:
    assert CODES.event(parse(mrq(**more))).place == place


def test_a_status_can_t_be_two_things() -> None:
    content = CODES.model_dump() | {"fine": frozenset({"0016"})}
    with pytest.raises(ValueError, match="0016 can't be both"):
        Codes.model_validate(content)
    with pytest.raises(DataFileError, match="no kind is called"):
        Codes.load(DATA, type(KINDS)({"button": KINDS.by_id["button"]}))
