"""Asking for a person, without the dialogue engine."""

import pytest

from bot.pending import yes_or_no
from bot.wants_person import wants_person, without_refusal


@pytest.mark.parametrize(
    "text",
    ["转人工", "人工", "0", "给我转人工服务", "我要找个人说", "叫个人来跟我讲", "接线员在不在",
     "转人公", "要人攻服务", "换个真人", "找个工作人员问问"],
)  # fmt: skip
def test_a_person_is_asked_for(text: str) -> None:
    assert wants_person(text)


@pytest.mark.parametrize(
    "text",
    ["不用转人工", "先不找人了", "别转人工", "你是真人吗", "您是不是人工", "我要订饭", "10",
     "我一个人住", "想约个人来看看我", "高龄津贴多少钱"],
)  # fmt: skip
def test_no_person_is_asked_for(text: str) -> None:
    assert not wants_person(text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("不用转人工,我就问个事", "我就问个事"),
        ("不用转人工了", ""),
        ("我要订饭", None),
        ("你是不是真人", None),
    ],
)
def test_what_is_left_of_a_refusal(text: str, rest: str | None) -> None:
    assert without_refusal(text) == rest


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("好的,那你找吧", "yes"),
        ("要", "yes"),
        ("行啊", "yes"),
        ("嗯嗯", "yes"),
        ("不用了", "no"),
        ("先不用", "no"),
        ("没事", "no"),
        ("算了吧", "no"),
        ("我要订饭", None),
        ("高龄津贴多少钱", None),
        ("", None),
        ("好的那你给我说说沈阳的助餐点在什么地方", None),
    ],
)
def test_yes_or_no(text: str, answer: str | None) -> None:
    assert yes_or_no(text) == answer
