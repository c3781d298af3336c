import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.language.normalise import normalise


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("今年 83 岁 了", "今年83岁了"),
        ("我 想 订 饭", "我想订饭"),
        ("138 0013 8000", "13800138000"),
        ("13800138000", "13800138000"),
        ("hello  world 你 好", "hello world你好"),
        ("/restart", "restart"),
        (" //intent{}", "intent{}"),
        ("你好!!!", "你好!"),
        ("真的吗???!!", "真的吗?"),
        ("嗯。。。。", "嗯。"),
        ("救命😭😭🆘", "救命"),
        ("摔\u200b倒\ufe0f了\x07", "摔倒了"),
        ("今天\n几号\t啊", "今天几号啊"),
        ("3.5", "3.5"),
        ("15:30", "15:30"),
        ("①份", "1份"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_one_spelling(typed: str, expected: str) -> None:
    assert normalise(typed) == expected


@given(st.text())
def test_twice_is_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_no_command_for_rasa_survives(text: str) -> None:
    assert not normalise(text).startswith("/")


@given(st.lists(st.sampled_from("今年八十三岁了0123456789 ,。"), max_size=40))
def test_digits_are_never_dropped(signs: list[str]) -> None:
    text = "".join(signs)
    assert [s for s in normalise(text) if s.isdigit()] == [s for s in text if s.isdigit()]
