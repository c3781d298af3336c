"""Every channel against a server that answers as the real one does: yes, no, late, not at all."""

import base64
import hashlib
import hmac
import json
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

import pytest
from pydantic import TypeAdapter

from care.notices.calling import Calling
from care.notices.channel import Channel, ChannelError, Message
from care.notices.channels import make_channels
from care.notices.settings import AnyChannel, NoticeSettings
from tests.care.notices.outside import Outside, mail_server, outside
from tests.conftest import NOW

MESSAGE = Message(
    "报警 A1121-0F3A2B", "有老人摔倒,请马上处理。", "有老人摔倒了", "A1121/duty", "A1121"
)
NUMBER = "13800138000"


@pytest.fixture
def world() -> Iterator[Outside]:
    with outside() as found:
        yield found


def _channel(**settings: Any) -> Channel:
    channel: AnyChannel = TypeAdapter(AnyChannel).validate_python(settings)
    return make_channels(NoticeSettings(channels={"it": channel}), lambda: NOW)["it"]


def _robot(world: Outside, kind: str, **more: Any) -> Channel:
    return _channel(kind=kind, token="abcdef0123", url=f"{world.url}/hook", **more)


def _sms(world: Outside, **more: Any) -> Channel:
    fields = {"mobile": "{number}", "content": "【12349】{title}:{text}"}
    return _channel(**{"kind": "sms", "url": f"{world.url}/sms", "fields": fields, **more})


def _refused(attempt: Callable[[], None]) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        attempt()
    return caught.value


def test_wecom_gets_the_text_and_whom_to_alert(world: Outside) -> None:
    _robot(world, "wecom").send(MESSAGE, NUMBER)
    [(path, query, _, body)] = world.requests
    assert (path, query) == ("/hook", {"key": "abcdef0123"})
    assert body["msgtype"] == "text"
    assert body["text"]["content"] == f"{MESSAGE.title}\n{MESSAGE.text}"
    assert body["text"]["mentioned_mobile_list"] == [NUMBER]


def test_wecom_is_never_sent_more_than_it_takes(world: Outside) -> None:
    _robot(world, "wecom").send(Message("报警", "字" * 3000, "", "k"), None)
    [body] = world.bodies()
    assert 2040 < len(body["text"]["content"].encode()) <= 2048


def test_dingtalk_is_signed(world: Outside) -> None:
    _robot(world, "dingtalk", secret="SEC1").send(MESSAGE, NUMBER)
    [(_, query, _, body)] = world.requests
    stamp = str(round(NOW.timestamp() * 1000))
    # What the service computes, from its own documentation: base64 of HMAC(secret, stamp\nsecret).
    expected = hmac.new(b"SEC1", f"{stamp}\nSEC1".encode(), hashlib.sha256).digest()
    assert query["timestamp"] == stamp
    assert base64.b64decode(query["sign"]) == expected
    assert body["at"]["atMobiles"] == [NUMBER]


def test_feishu_is_signed_in_its_body(world: Outside) -> None:
    _robot(world, "feishu", secret="SEC1").send(MESSAGE, None)
    [(path, _, _, body)] = world.requests
    assert path == "/hook/abcdef0123"
    assert body["timestamp"] == str(round(NOW.timestamp()))
    assert len(body["sign"]) == 44


@pytest.mark.parametrize(
    ("kind", "answer", "again"),
    [
        ("wecom", {"errcode": 93000, "errmsg": "invalid webhook url"}, False),
        ("wecom", {"errcode": 45009, "errmsg": "api freq out of limit"}, True),
        ("dingtalk", {"errcode": 310000, "errmsg": "keywords not in content"}, False),
        ("feishu", {"code": 19021, "msg": "sign match fail"}, False),
        ("feishu", {"msg": "what is this?"}, False),
    ],
)
def test_a_no_with_status_200_is_a_no(
    world: Outside, kind: str, answer: dict[str, Any], again: bool
) -> None:
    world.answers = [(200, answer)]
    error = _refused(lambda: _robot(world, kind).send(MESSAGE, None))
    assert error.retry is again
    assert "msg" not in error.reason
    assert "content" not in error.reason


@pytest.mark.parametrize(
    ("status", "again"), [(500, True), (503, True), (429, True), (404, False), (301, False)]
)
def test_a_status_says_whether_it_is_worth_trying_again(
    world: Outside, status: int, again: bool
) -> None:
    world.answers = [(status, {})]
    error = _refused(lambda: _robot(world, "wecom").send(MESSAGE, None))
    assert (error.reason, error.retry) == (f"http {status}", again)


def test_an_answer_that_is_no_json_is_a_failure(world: Outside) -> None:
    world.answers = [(200, "<html>")]
    assert _refused(lambda: _robot(world, "wecom").send(MESSAGE, None)).retry


def test_an_endless_answer_is_cut(world: Outside) -> None:
    world.answers = [(200, "x" * 200_000)]
    error = _refused(lambda: _robot(world, "wecom").send(MESSAGE, None))
    assert error.reason == "answer is too long"


def test_a_server_that_does_not_answer_is_a_timeout(world: Outside) -> None:
    world.answers = [(0, None)]
    error = _refused(lambda: _robot(world, "wecom", limit=0.2).send(MESSAGE, None))
    assert (error.reason, error.retry) == ("timeout", True)


def test_nobody_at_the_address_is_a_failure_to_retry() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and nobody listens
        port = taken.getsockname()[1]
        channel = _channel(kind="webhook", url=f"http://127.0.0.1:{port}/")
        error = _refused(lambda: channel.send(MESSAGE, None))
    assert (error.reason, error.retry) == ("unreachable", True)


@pytest.mark.parametrize("body", ["json", "form", "query"])
def test_an_sms_is_written_as_the_gateway_wants_it(world: Outside, body: str) -> None:
    channel = _sms(
        world, body=body, secret_fields={"pass": "s3cret{text}"}, headers={"X-App": "12349"}
    )
    channel.send(MESSAGE, NUMBER)
    [(_, query, headers, content)] = world.requests
    found = query if body == "query" else content
    assert found == {
        "mobile": NUMBER,
        "content": f"【12349】{MESSAGE.title}:{MESSAGE.text}",
        "pass": "s3cret{text}",
    }
    assert headers["x-app"] == "12349"


def test_what_a_message_holds_is_never_taken_for_a_placeholder(world: Outside) -> None:
    _sms(world).send(Message("报警", "他说{number}{0.__class__}", "", "k"), NUMBER)
    assert world.bodies()[0]["content"] == "【12349】报警:他说{number}{0.__class__}"


@pytest.mark.parametrize(
    ("answer", "taken"),
    [
        ({"result": {"code": "OK"}}, True),
        ({"result": {"code": "isv.BUSINESS_LIMIT_CONTROL"}}, False),
        ({"result": {"code": True}}, False),
        ({"result": "OK"}, False),
        ({}, False),
    ],
)
def test_the_settings_say_how_a_gateway_says_yes(
    world: Outside, answer: dict[str, Any], taken: bool
) -> None:
    world.answers = [(200, answer)]
    channel = _sms(world, accepted={"field": "result.code", "values": ["OK"]})
    if taken:
        channel.send(MESSAGE, NUMBER)
    else:
        assert _refused(lambda: channel.send(MESSAGE, NUMBER)).reason.startswith("refused")


def test_a_web_hook_can_check_who_sent_it(world: Outside) -> None:
    _channel(kind="webhook", url=f"{world.url}/in", secret="city").send(MESSAGE, "值班")
    [(_, _, headers, body)] = world.requests
    assert body == {
        "key": MESSAGE.key,
        "alarm": "A1121",
        "title": MESSAGE.title,
        "text": MESSAGE.text,
        "to": "值班",
    }
    signed = f"{headers['x-timestamp']}.{headers['raw']}".encode()
    expected = hmac.new(b"city", signed, hashlib.sha256).hexdigest()
    assert headers["x-signature"] == expected
    assert json.loads(headers["raw"]) == body


def _mail(port: int, **more: Any) -> Channel:
    return _channel(
        kind="mail", server="127.0.0.1", port=port, security="none", sender="hotline@city.example",
        **more,
    )  # fmt: skip


def test_a_mail_arrives_whole() -> None:
    with mail_server() as (port, letters):
        _mail(port).send(MESSAGE, "duty@city.example")
    [envelope] = letters.envelopes
    assert envelope.rcpt_tos == ["duty@city.example"]
    assert envelope.mail_from == "hotline@city.example"
    assert isinstance(envelope.content, bytes)
    letter = message_from_bytes(envelope.content)
    assert str(make_header(decode_header(letter["Subject"]))) == MESSAGE.title
    payload = letter.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert MESSAGE.text in payload.decode()


def test_a_mail_server_that_refuses_the_recipient_is_a_failure() -> None:
    with mail_server() as (port, letters):
        assert _refused(lambda: _mail(port).send(MESSAGE, "x@nobody.example")).reason == "not sent"
    assert letters.envelopes == []


def test_a_mail_server_that_is_not_there_is_a_failure() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        channel = _mail(taken.getsockname()[1])
        assert _refused(lambda: channel.send(MESSAGE, "duty@city.example")).retry


def test_other_services_go_through_apprise(world: Outside) -> None:
    address = world.url.removeprefix("http://")
    _channel(kind="apprise", url=f"json://{address}/any").send(MESSAGE, None)
    [body] = world.bodies()
    assert (body["title"], body["message"]) == (MESSAGE.title, MESSAGE.text)


def test_an_address_that_apprise_does_not_know_is_not_tried_again() -> None:
    channel = _channel(kind="apprise", url="nonsense://here")
    assert not _refused(lambda: channel.send(MESSAGE, None)).retry


class _Line:
    """A telephone whose calls end as the test says."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []
        self.ending: Future[None] = Future()

    def call(self, number: str, spoken: str) -> "Future[None]":
        self.calls.append((number, spoken))
        return self.ending


def test_a_call_that_was_answered_is_delivered() -> None:
    line = _Line()
    line.ending.set_result(None)
    Calling(line, 5.0).send(MESSAGE, NUMBER)
    assert line.calls == [(NUMBER, MESSAGE.spoken)]


def test_a_call_that_nobody_answers_is_not() -> None:
    line = _Line()
    line.ending.set_exception(OSError("no answer from 13800138000"))
    error = _refused(lambda: Calling(line, 5.0).send(MESSAGE, NUMBER))
    assert NUMBER not in error.reason
    assert _refused(lambda: Calling(_Line(), 0.01).send(MESSAGE, NUMBER)).reason == "timeout"
    assert not _refused(lambda: Calling(None, 5.0).send(MESSAGE, NUMBER)).retry


@pytest.mark.parametrize("kind", ["sms", "mail", "call"])
def test_without_a_target_nothing_is_sent(world: Outside, kind: str) -> None:
    channels = {"sms": _sms(world), "mail": _mail(25), "call": Calling(_Line(), 1.0)}
    assert not _refused(lambda: channels[kind].send(MESSAGE, None)).retry
    assert world.requests == []
