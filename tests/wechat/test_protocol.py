"""Signatures, envelopes, XML and limits: what is let in, and what is refused."""

import base64
import secrets
from datetime import timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.channels.wechat import message, passive, xml
from bot.channels.wechat.envelope import Envelope, EnvelopeError
from bot.channels.wechat.message import Event, Location, MessageError, Other, Text, Voice, parse
from bot.channels.wechat.signature import SignatureError, check, sign
from bot.channels.wechat.xml import XmlError
from care.wechat import fit
from care.wechat.model import WechatMessage
from tests.conftest import NOW
from tests.wechat.platform import crypto
from tests.wechat.platform.delivery import Delivery
from tests.wechat.world import AES_KEY, ELDER, World, world

APPID = "wx0123456789abcdef"
ENVELOPE = Envelope(APPID, "sandbox", AES_KEY)
BILLION_LAUGHS = (
    '<!DOCTYPE xml [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
FOREIGN = '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=400)


def wrapped(*fields: str) -> str:
    return f"<xml>{''.join(fields)}</xml>"


def text_message(**more: str) -> str:
    fields = {
        "ToUserName": "gh_1", "FromUserName": "o-123456", "CreateTime": "1700000000",
        "MsgType": "text", "Content": "你好", "MsgId": "1",
    } | more  # fmt: skip
    return wrapped(*(f"<{name}>{value}</{name}>" for name, value in fields.items()))


@given(TEXTS)
def test_both_implementations_of_the_envelope_agree(text: str) -> None:
    assert ENVELOPE.open(crypto.seal(text, APPID, AES_KEY)) == text
    closed = xml.fields(ENVELOPE.close(text, "nonce", NOW))
    assert crypto.unseal(closed["Encrypt"], APPID, AES_KEY) == text
    expected = crypto.sign("sandbox", closed["TimeStamp"], "nonce", closed["Encrypt"])
    assert closed["MsgSignature"] == expected


@given(st.binary(max_size=200))
def test_what_isn_t_sealed_for_us_is_refused(octets: bytes) -> None:
    with pytest.raises(EnvelopeError):
        ENVELOPE.open(base64.b64encode(octets).decode())


@pytest.mark.parametrize("sealed", ["", "!", "AAAA", "ä" * 16])
def test_what_is_no_base64_is_refused(sealed: str) -> None:
    with pytest.raises(EnvelopeError):
        ENVELOPE.open(sealed)


def test_another_accounts_message_is_refused() -> None:
    with pytest.raises(EnvelopeError, match="another account"):
        ENVELOPE.open(crypto.seal("<xml/>", "wxffffffffffffffff", AES_KEY))


@given(st.text(max_size=20), st.text(max_size=20))
def test_both_implementations_of_the_signature_agree(nonce: str, body: str) -> None:
    assert sign("sandbox", "1700000000", nonce, body) == crypto.sign(
        "sandbox", "1700000000", nonce, body
    )


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_request_of_another_time_is_refused(minutes: int) -> None:
    stamp = str(int((NOW + timedelta(minutes=minutes)).timestamp()))
    with pytest.raises(SignatureError, match="too old"):
        check(sign("sandbox", stamp, "n"), "sandbox", stamp, "n", now=NOW)


@pytest.mark.parametrize("stamp", ["", "x", "١٧", "1" * 13, "-1"])
def test_a_signed_timestamp_that_is_none_is_refused(stamp: str) -> None:
    with pytest.raises(SignatureError, match="number"):
        check(sign("sandbox", stamp, "n"), "sandbox", stamp, "n", now=NOW)


@pytest.mark.parametrize("signature", ["", "0" * 40, "é" * 40, "x"])
def test_a_wrong_signature_is_refused(signature: str) -> None:
    with pytest.raises(SignatureError, match="signature"):
        check(signature, "sandbox", str(int(NOW.timestamp())), "n", now=NOW)


@pytest.mark.parametrize(
    "bad",
    [
        BILLION_LAUGHS + wrapped("<Content>&c;</Content>"),
        FOREIGN + wrapped("<Content>&a;</Content>"),
        '<!DOCTYPE xml SYSTEM "http://127.0.0.1/x.dtd">' + wrapped(),
        "<xml>", "", "no", "<html></html>", wrapped("&nbsp;"), "<xml>\x00</xml>",
    ],
)  # fmt: skip
def test_xml_that_means_harm_or_is_none_is_refused(bad: str) -> None:
    with pytest.raises(XmlError):
        parse(bad)


@given(TEXTS)
def test_any_text_survives_being_written_as_xml(text: str) -> None:
    written = passive.text("o-1", "gh_1", text, NOW)
    clean = "".join(sign for sign in text if xml._UNFIT.fullmatch(sign) is None)
    assert xml.fields(written)["Content"] == clean


@given(st.text(max_size=300))
def test_parsing_anything_refuses_or_understands(text: str) -> None:
    for candidate in (text, text_message(Content=text), text_message(MsgType=text)):
        try:
            parse(candidate)
        except (XmlError, MessageError):
            continue


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, Text),
        ({"Content": ""}, Text),
        ({"MsgType": "voice", "MediaId": "m_1-a", "Format": "AMR"}, Voice),
        ({"MsgType": "location", "Location_X": "38.8", "Location_Y": "105.7"}, Location),
        ({"MsgType": "image", "PicUrl": "http://x"}, Other),
        ({"MsgType": "link", "Url": "http://x"}, Other),
        ({"MsgType": "miniprogrampage"}, Other),
        ({"MsgType": "event", "Event": "CLICK", "EventKey": "say:订饭"}, Event),
        ({"MsgType": "event", "Event": "LOCATION", "Latitude": "1", "Longitude": "2"}, Event),
    ],
)
def test_every_kind_is_known(fields: dict[str, str], kind: type) -> None:
    found = parse(text_message(**fields))
    assert isinstance(found, kind)
    assert message.read(found.model_dump(mode="json")) == found  # as the database keeps it


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"FromUserName": "../x"}, "openid"),
        ({"MsgId": "0"}, "id"),
        ({"MsgId": "abc"}, "id"),
        ({"CreateTime": "-1"}, "time"),
        ({"MsgType": "voice", "MediaId": "a/../b"}, "media_id"),
        ({"MsgType": "location", "Location_X": "91", "Location_Y": "0"}, "latitude"),
        ({"MsgType": "location", "Location_X": "nan", "Location_Y": "0"}, "latitude"),
        ({"MsgType": "event", "Event": "a b"}, "event"),
    ],
)
def test_a_field_that_is_not_as_documented_is_refused_by_name(
    fields: dict[str, str], where: str
) -> None:
    with pytest.raises(MessageError, match=where) as caught:
        parse(text_message(**fields))
    assert fields[next(reversed(fields))] not in str(caught.value)


def test_events_are_told_apart_by_sender_second_and_kind() -> None:
    def key(**fields: str) -> str:
        return parse(text_message(MsgType="event", **fields)).key

    first = key(Event="CLICK", EventKey="a")
    assert first == key(Event="click", EventKey="a", MsgId="9")
    others = {
        key(Event="CLICK", EventKey="b"),
        key(Event="VIEW", EventKey="a"),
        key(Event="CLICK", EventKey="a", CreateTime="1700000001"),
        key(Event="CLICK", EventKey="a", FromUserName="o-654321"),
    }
    assert len(others | {first}) == 5


@given(st.text(max_size=900), st.integers(8, 300))
def test_parts_hold_everything_within_the_limit(text: str, limit: int) -> None:
    pieces = fit.parts(text, limit)
    assert all(0 < len(piece.encode()) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def post(made: World, query: dict[str, str], body: str | bytes) -> httpx.Response:
    content = body if isinstance(body, bytes) else body.encode()
    return httpx.post(
        f"{made.hotline}/wechat", params=query, content=content, trust_env=False, timeout=30
    )


def kept(made: World) -> int:
    with made.sessions() as session:
        return session.scalar(select(func.count()).select_from(WechatMessage)) or 0


def test_the_address_is_proven_to_the_platform(wechat: World) -> None:
    query, _ = wechat.delivery.request("<xml/>")
    asked = {**query, "echostr": "1234567890"}
    address = f"{wechat.hotline}/wechat"
    assert httpx.get(address, params=asked, trust_env=False, timeout=30).text == "1234567890"
    forged = httpx.get(
        address, params={**asked, "signature": "0" * 40}, trust_env=False, timeout=30
    )
    assert forged.status_code == 403
    assert httpx.get(address, params=query, trust_env=False, timeout=30).status_code == 422


def _changed(name: str, value: str) -> Any:
    def change(query: dict[str, str], body: str) -> tuple[dict[str, str], str]:
        return {**query, name: value}, body

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_changed("msg_signature", "0" * 40), 403),
        (_changed("timestamp", "1700000000"), 403),
        (_changed("nonce", "other"), 403),
        (lambda query, body: (query, body.replace("<Encrypt>", "<Encrypt>A")), 403),
        (lambda query, body: (query, text_message()), 403),  # not sealed though we want it sealed
        (lambda query, body: (query, BILLION_LAUGHS + body), 400),
        (lambda query, body: (query, "x" * 20_000), 413),
        (lambda query, body: (query, b"\xff\xfe"), 400),
    ],
)
def test_what_the_platform_did_not_send_changes_nothing(
    wechat: World, change: Any, code: int
) -> None:
    query, body = wechat.delivery.request(text_message())
    query, body = change(query, body)
    assert post(wechat, query, body).status_code == code
    assert kept(wechat) == 0
    assert wechat.rasa.heard == []


def test_an_old_request_is_not_taken_again(wechat: World) -> None:
    query, body = wechat.delivery.request(text_message())
    assert post(wechat, query, body).status_code == 200
    wechat.clock.forward(minutes=6)
    assert post(wechat, query, body).status_code == 403
    assert kept(wechat) == 1


def test_a_bomb_inside_the_envelope_is_refused(wechat: World) -> None:
    inside = BILLION_LAUGHS + text_message(Content="&c;")
    assert post(wechat, *wechat.delivery.request(inside)).status_code == 400
    assert kept(wechat) == 0


def test_what_the_platform_sends_and_we_do_not_know_is_no_fault_to_whoever_wrote(
    wechat: World,
) -> None:
    strange = text_message(MsgType="event", Event="a b")
    answer = post(wechat, *wechat.delivery.request(strange))
    assert (answer.status_code, answer.text) == (200, "success")
    assert kept(wechat) == 0


def test_what_is_longer_than_ever_is_cut_and_taken() -> None:
    where = {"MsgType": "location", "Location_X": "38.8", "Location_Y": "105.7"}
    place = parse(text_message(**where, Label="长" * 400))
    assert isinstance(place, Location)
    assert place.label == "长" * 300
    click = parse(text_message(MsgType="event", Event="VIEW", EventKey="https://x/" + "a" * 400))
    assert isinstance(click, Event)
    assert len(click.event_key) == 128


def test_a_sealed_message_for_another_account_is_refused(wechat: World) -> None:
    account = wechat.account
    other = type(account)(appid="wxffffffffffffffff", aes_key=AES_KEY, clock=account.clock)
    query, body = Delivery(other, wechat.hotline).request(text_message())
    assert post(wechat, query, body).status_code == 400


def test_nobody_speaks_for_somebody_in_wechat_through_the_chat(wechat: World) -> None:
    from console.api.chat import ChatRequest

    with pytest.raises(ValueError, match="another channel"):
        ChatRequest(sender_id=f"wechat:{ELDER}", text="我要订饭")
    assert ChatRequest(sender_id=f"wechat-{secrets.token_hex(4)}", text="我要订饭")


def test_plain_mode_reads_nothing_that_isn_t_signed(embedded: Any) -> None:
    with world(embedded, aes=False) as made:
        made.start()
        query, body = made.delivery.request(text_message())
        assert post(made, {**query, "signature": ""}, body).status_code == 403
        assert post(made, query, body).status_code == 200
