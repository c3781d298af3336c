"""`[notices]`: what it may say, and one sentence for each thing that it may not."""

from typing import Any

import pytest
import tomllib
from pydantic import ValidationError

from care.notices.recipient import Route
from care.notices.settings import NoticeSettings, RobotChannel
from care.settings import ROOT

HOOK = {"kind": "webhook", "url": "http://127.0.0.1:9/"}
SMS = {
    "kind": "sms",
    "url": "https://sms.example/send",
    "fields": {"to": "{number}", "t": "{text}"},
}


def _problem(**content: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        NoticeSettings.model_validate(content)
    return "; ".join(error["msg"] for error in caught.value.errors())


def _recipient(*routes: str, **more: str) -> list[dict[str, Any]]:
    return [{"name": "值班", "audience": "duty", "routes": list(routes), **more}]


def test_what_the_guide_shows_can_be_used_as_it_stands() -> None:
    guide = (ROOT / "docs" / "notices.md").read_text("utf-8")
    example = guide.partition("```toml\n")[2].partition("```")[0]
    found = NoticeSettings.model_validate(tomllib.loads(example)["notices"])
    assert [(recipient.name, recipient.audience) for recipient in found.recipients] == [
        ("值班室", "duty"),
        ("王班长", "supervisor"),
        ("街道应急值守", "external"),
    ]
    assert found.contact_routes == ("call", "sms")


def test_nothing_is_a_setting_too() -> None:
    assert NoticeSettings().recipients == ()


def test_a_whole_section_as_it_stands_in_the_file() -> None:
    found = NoticeSettings.model_validate(
        {
            "channels": {"sms": SMS, "group": {"kind": "wecom", "token": "abcdef0123"}},
            "contact_routes": ["sms"],
            "recipients": _recipient("group", "sms: 13800138000"),
        }
    )
    [recipient] = found.recipients
    assert recipient.routes == (Route("group"), Route("sms", "13800138000"))
    group = found.channels["group"]
    assert isinstance(group, RobotChannel)
    assert group.address == "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"
    assert "abcdef0123" not in repr(found)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"recipients": _recipient("sms:1")}, "值班: there is no [notices.channels.sms]"),
        (
            {"channels": {"sms": SMS}, "recipients": _recipient("sms")},
            "值班: sms needs to know where to, e.g. sms:13800000000",
        ),
        ({"channels": {"h": HOOK}, "recipients": _recipient("")}, "expected a channel"),
        ({"channels": {"h": HOOK}, "recipients": _recipient()}, "at least 1 item"),
        (
            {"channels": {"h": HOOK}, "recipients": _recipient("h") * 2},
            "值班 is there twice; names are unique",
        ),
        (
            {"channels": {"h": HOOK}, "recipients": _recipient("h", audience="contacts")},
            "use contact_routes",
        ),
        ({"channels": {"h": HOOK}, "recipients": _recipient("h", audience="boss")}, "'duty'"),
        ({"channels": {"h": HOOK}, "contact_routes": ["h"]}, "doesn't reach a telephone number"),
        ({"contact_routes": ["sms"]}, "contact_routes: there is no [notices.channels.sms]"),
        ({"channels": {"a b": HOOK}}, "expected letters, digits, - or _ as its name"),
        ({"channels": {"x": {"kind": "pigeon"}}}, "'pigeon'"),
        ({"channels": {"x": {**SMS, "fields": {"t": "{text}"}}}}, "expected {number} in one"),
        ({"channels": {"x": {**SMS, "fields": {"t": "{nummer}"}}}}, "not {nummer}"),
        ({"channels": {"x": {**SMS, "fields": {"t": "{number!r}"}}}}, "not {number}"),
        ({"channels": {"x": {**SMS, "fields": {"t": "{number"}}}}, "a brace is missing"),
        ({"channels": {"x": {**HOOK, "limit": 0}}}, "greater than 0"),
        (
            {"channels": {"x": {"kind": "wecom", "token": "https://qyapi.example/send?key=1"}}},
            "only the key",
        ),
        (
            {"channels": {"x": {"kind": "mail", "server": "a:25", "sender": "a@b.example"}}},
            "the port goes into `port`",
        ),
        ({"attempts": 0}, "greater than or equal to 1"),
        ({"patiense": 3}, "Extra inputs"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(content: dict[str, Any], sentence: str) -> None:
    assert sentence in _problem(**content)


@pytest.mark.parametrize(
    ("target", "masked"),
    [
        ("13800138000", "*******8000"),
        ("1234567", "*******"),
        ("duty@city.example", "d***@city.example"),
        (None, ""),
    ],
)
def test_receipts_show_only_the_end_of_a_target(target: str | None, masked: str) -> None:
    assert Route("x", target).masked == masked
