from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.language.numerals import in_words
from evaluation.figures import Known, all_values, invented, spoken_values

CARDS = {
    "card:beds": "沈阳 ; 4500张 ; 2023年的材料 ; 护理型占56.78% ; 3.47万人",
    "rule:money": "100 ; 元 ; 月 ; 80 ; 89 ; 2021-12-30",
}


def wrong(reply: str, *cites: str, said: tuple[str, ...] = ()) -> list[str]:
    known = Known()
    for words in said:
        known.hear(words)
    return invented(reply, cites, known, CARDS.__getitem__)


def test_figures_of_the_cited_card_are_backed() -> None:
    assert wrong("2023年的材料说,沈阳建了4500张,占百分之五十六点七八。", "card:beds") == []


def test_another_figure_is_invented_even_with_a_cite() -> None:
    assert wrong("沈阳建了4600张。", "card:beds") == ["4600"]


def test_the_right_figure_without_its_cite_is_invented() -> None:
    assert wrong("每月100元。") == ["100"]


def test_spelled_figures_are_checked_too() -> None:
    assert wrong("每月一百元。", "rule:money") == []
    assert wrong("每月一百五十元。", "rule:money") == ["一百五十"]


def test_scales_are_understood() -> None:
    assert wrong("有34700人,也就是3.47万。", "card:beds") == []


@pytest.mark.parametrize("reply", ["打12349,急救打120,报火警119。", "您等一下,一个人慢慢说。"])
def test_hotlines_and_figures_of_speech_are_free(reply: str) -> None:
    assert wrong(reply) == []


def test_what_the_caller_said_may_be_repeated() -> None:
    said = ("我八十三了,电话幺三九零零五五六六七七", "两份")
    assert wrong("83岁,2份,电话13900556677", said=said) == []
    assert wrong("84岁", said=said) == ["84"]


def test_dates_and_hours_of_bookings_are_free_but_not_beside_a_cite() -> None:
    assert wrong("11月23号下午3点半,星期一,十月十五") == []
    assert wrong("每月5号发", "rule:money") == ["5"]


def test_list_signs_state_nothing() -> None:
    assert wrong("1. 高龄津贴\n2. 护理补贴") == []


def test_an_assigned_reference_is_free() -> None:
    known = Known()
    known.assign("3827")
    assert invented("单号3827", (), known, CARDS.__getitem__) == []


def test_an_unknown_cite_is_an_error() -> None:
    with pytest.raises(KeyError):
        wrong("100元", "rule:nowhere")


@given(st.integers(2, 9999))
def test_a_number_means_the_same_written_and_spelled(number: int) -> None:
    assert Decimal(number) in all_values(in_words(number))
    assert [value for _, value in spoken_values(f"{in_words(number)}元")] == [Decimal(number)]


@given(st.integers(0, 10**9))
def test_no_written_number_goes_unseen(number: int) -> None:
    assert Decimal(number) in [value for _, value in spoken_values(f"共{number}户")]


def test_a_reference_before_a_colon_is_no_hour() -> None:
    known = Known()
    known.assign("5766")
    assert invented("单号5766:后天午餐", (), known, CARDS.__getitem__) == []
