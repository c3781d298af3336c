"""Whole requests and half sentences, as elders say them."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.turn import complete
from voice.turn.complete import is_complete
from voice.turn.endings import Endings, examples
from voice.turn.expectation import Expectation
from voice.turn.pace_wish import pace_wish
from voice.turn.wait import Wait, wait_after

E = Expectation

WHOLE = """
我想问一下高龄津贴一个月多少钱
那个八十三了能领多少补贴
俺想问问低保咋办
补贴啥时候发
老年证去哪办
我要订一份午饭
明天中午给我送两份饭
给我约个理发
我要取消订单
转人工
找个人跟我说
我摔倒了
我老伴喘不上气
着火了快来人
救命啊
心口疼得厉害
再说一遍
你说慢一点
听不见大点声
你好
谢谢你啊
没事了
再见
"""

HALF = """
我想问一下
我想问问那个
嗯
那个
就是说
我要订明天的
我想给我老伴
麻烦你帮我
给我送到
我家住在
我电话是
我叫
我要
因为
我八十三了然后
能不能
我要一份午饭和
我想约个那个
听人说
我们家那个
幺三八零零
我今年八十
"""


@pytest.mark.parametrize("text", WHOLE.split())
def test_whole_requests(text: str) -> None:
    assert is_complete(text)
    assert is_complete(f"嗯,那个{text}。")


@pytest.mark.parametrize("text", HALF.split())
def test_half_sentences(text: str) -> None:
    assert not is_complete(text)


@pytest.mark.parametrize(
    ("text", "expectation", "wait"),
    [
        ("是", E.YES_NO, Wait.COMPLETE),
        ("要", E.YES_NO, Wait.COMPLETE),
        ("要", E.ANYTHING, Wait.MURMUR),
        ("中", E.YES_NO, Wait.COMPLETE),
        ("行嘞", E.YES_NO, Wait.COMPLETE),
        ("对着呢", E.YES_NO, Wait.COMPLETE),
        ("甭了", E.YES_NO, Wait.COMPLETE),
        ("说不好", E.YES_NO, Wait.COMPLETE),
        ("嗯", E.YES_NO, Wait.MURMUR),
        ("嗯", E.ADDRESS, Wait.OTHERWISE),
        ("好", E.ANYTHING, Wait.MURMUR),
        ("", E.YES_NO, Wait.OTHERWISE),
        ("。", E.ANYTHING, Wait.OTHERWISE),
        ("腊月二十三", E.DATE, Wait.COMPLETE),
        ("腊月", E.DATE, Wait.INSIDE),
        ("下下个礼拜三吧", E.DATE, Wait.COMPLETE),
        ("晌午", E.TIME, Wait.OTHERWISE),
        ("后晌三点半", E.TIME, Wait.COMPLETE),
        ("八十", E.AMOUNT, Wait.INSIDE),
        ("八十了", E.AMOUNT, Wait.COMPLETE),
        ("我今年八十三", E.AMOUNT, Wait.COMPLETE),
        ("老两口", E.AMOUNT, Wait.COMPLETE),
        ("阿拉善左旗", E.CHOICE, Wait.COMPLETE),
        ("农村户口", E.CHOICE, Wait.COMPLETE),
        ("少盐的", E.LIST, Wait.INSIDE),
        ("都不是", E.LIST, Wait.COMPLETE),
        ("福星小区三号楼二单元五零一", E.ADDRESS, Wait.OTHERWISE),
        ("老地方", E.ADDRESS, Wait.COMPLETE),
        ("就这个电话", E.DIGITS, Wait.COMPLETE),
        ("我找找", E.DIGITS, Wait.OTHERWISE),
        ("等一下", E.ANYTHING, Wait.OTHERWISE),
        ("我的单号是三三", E.ANYTHING, Wait.DIGITS),
        ("我的单号是三三零八", E.ANYTHING, Wait.COMPLETE),
        ("三三零八", E.ANYTHING, Wait.INSIDE),
        ("快打120", E.ANYTHING, Wait.COMPLETE),
        ("电话是幺三八", E.NAME, Wait.DIGITS),
        ("我要三个", E.AMOUNT, Wait.COMPLETE),
        ("我住福星小区三号楼五零一", E.ANYTHING, Wait.OTHERWISE),
    ],
)
def test_the_question_decides(text: str, expectation: E, wait: Wait) -> None:
    assert wait_after(text, expectation) is wait


@settings(deadline=None, max_examples=40)
@given(
    start=st.sampled_from([text for text in WHOLE.split() if pace_wish(text) is None]),
    end=st.sampled_from(["嗯", "那个", "就是说", "然后", "还有", "因为", "我想", "和", "给我"]),
)
def test_who_adds_a_hesitation_holds_the_floor(start: str, end: str) -> None:
    urgent = re.search("摔倒|喘不上|着火|救命|疼", start)
    assert urgent or wait_after(start + end, E.ANYTHING) in {Wait.INSIDE, Wait.OTHERWISE}


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=40), st.sampled_from(Expectation))
def test_any_text_gets_a_wait(text: str, expectation: E) -> None:
    assert wait_after(text, expectation) in Wait
    assert not is_complete("")


def test_sentences_that_were_held_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fifth of the dialogue's sentences, judged by what the others teach."""
    known = list(dict.fromkeys(examples()))
    np.random.default_rng(12349).shuffle(known)
    held_back, others = known[:400], known[len(known) // 5 :]
    taught = Endings(others)
    monkeypatch.setattr(complete, "endings", lambda: taught)
    whole = [wait_after(text, E.ANYTHING) for text in held_back]
    begun = [
        wait_after(text[:at], E.ANYTHING) for text in held_back for at in range(2, len(text) - 1, 3)
    ]
    at_once = whole.count(Wait.COMPLETE) / len(whole)
    too_soon = begun.count(Wait.COMPLETE) / len(begun)
    with capsys.disabled():
        print(f"\nwhole and known to be: {at_once:.2f}; begun and taken for whole: {too_soon:.3f}")
    assert at_once >= 0.48
    assert too_soon <= 0.06
