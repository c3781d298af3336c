"""Who of a household speaks, by what they answer."""

import pytest

from bot.who_it_is import Meant, who_it_is

COUPLE = {1: "王桂兰", 2: "李建国"}
NAMESAKES = {1: "王桂兰", 2: "王建军"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("我是李建国", Meant(2, "yes")),
        ("王桂兰", Meant(1, "yes")),
        ("汪贵兰", Meant(1, "yes")),
        ("建国", Meant(2, "yes")),
        ("我姓李", Meant(2, "yes")),
        ("老王", Meant(1, "yes")),
        ("李大爷", Meant(2, "yes")),
        ("是", Meant(None, "yes")),
        ("都不是", Meant(None, None)),
        ("不是", Meant(None, "no")),
        ("我要理发", Meant()),
        ("我是李建国,我想订明天中午的饭", Meant(2, None)),
        ("我想订明天中午的饭,要两份软和的", Meant()),
        ("", Meant()),
    ],
)
def test_one_of_two(text: str, meant: Meant) -> None:
    assert who_it_is(text, COUPLE) == meant


def test_a_surname_that_both_have_tells_nothing() -> None:
    assert who_it_is("我姓王", NAMESAKES) == Meant()
    assert who_it_is("建军", NAMESAKES) == Meant(2, "yes")


def test_alone_a_yes_is_enough() -> None:
    assert who_it_is("对我是", {7: "王桂兰"}) == Meant(7, "yes")
    assert who_it_is("不是", {7: "王桂兰"}) == Meant(None, "no")
