"""Timelines of old callers: nobody is cut off, and nobody waits for nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.turn.timeline import Caller, ended_after
from voice.turn.delays import delays
from voice.turn.end import TurnEnd
from voice.turn.expectation import Expectation
from voice.turn.wait import Wait

E = Expectation
WINDOW = 0.04
"""A due time is met to within one window."""


def near(seconds: float) -> object:
    return pytest.approx(seconds, abs=WINDOW)


@pytest.mark.parametrize(
    ("text", "expectation"),
    [
        ("对", E.YES_NO),
        ("好", E.YES_NO),
        ("好的好的", E.YES_NO),
        ("不用了", E.YES_NO),
        ("嗯对", E.YES_NO),
        ("明天", E.DATE),
        ("上午九点", E.TIME),
        ("两份", E.AMOUNT),
        ("午饭", E.CHOICE),
        ("没有", E.LIST),
        ("转人工", E.ADDRESS),
        ("我摔倒了", E.DIGITS),
        ("高龄津贴一个月多少钱", E.ANYTHING),
        ("给我订一份午饭", E.ANYTHING),
        ("你说慢一点", E.ANYTHING),
        ("幺三八零零幺三八零零零", E.DIGITS),
        ("三零八三", E.REFERENCE),
    ],
)
def test_whole_answers_and_requests_are_answered_at_once(text: str, expectation: E) -> None:
    assert ended_after(Caller().says(text), expectation) == near(0.35)


@pytest.mark.parametrize(
    ("text", "expectation"),
    [
        ("福星小区", E.ADDRESS),
        ("福星小区三号楼二单元", E.ADDRESS),
        ("我叫", E.NAME),
        ("王", E.NAME),
        ("我住在", E.ANYTHING),
        ("送到福星小区", E.ANYTHING),
        ("八二三四五六七", E.DIGITS),
        ("我想问一下", E.ANYTHING),
        ("嗯那个", E.ANYTHING),
        ("我要订明天的", E.ANYTHING),
        ("对但是", E.YES_NO),
        ("下礼拜", E.DATE),
        ("我今年八十", E.ANYTHING),
    ],
)
def test_whoever_is_in_the_middle_of_something_gets_two_seconds(text: str, expectation: E) -> None:
    assert ended_after(Caller().says(text), expectation) == near(2.0)


@pytest.mark.parametrize(
    ("text", "expectation"),
    [("王秀英", E.NAME), ("上午", E.TIME), ("我闺女在北京上班", E.ANYTHING), ("订饭", E.ANYTHING)],
)
def test_everything_else_gets_nine_tenths(text: str, expectation: E) -> None:
    assert ended_after(Caller().says(text), expectation) == near(0.9)


@pytest.mark.parametrize("text", ["幺三八", "幺三八零零", "幺三八零零幺三八零零", "三个"])
def test_nobody_is_stopped_in_a_digit_group(text: str) -> None:
    assert ended_after(Caller().says(text), E.DIGITS) == near(5.0)


def test_a_number_in_groups_with_long_looks_at_the_paper() -> None:
    caller = Caller().says("幺三八").pauses(2.6).says("零零幺三").pauses(3.4).says("嗯")
    assert ended_after(caller.pauses(1.8).says("八零零零"), E.DIGITS) == near(0.35)


def test_digits_within_a_sentence() -> None:
    caller = Caller().says("我电话是").pauses(1.4).says("幺三八零零").pauses(2.5)
    assert ended_after(caller.says("幺三八零零零"), E.ANYTHING) == near(0.35)


def test_three_times_a_digit() -> None:
    caller = Caller().says("幺三八零零幺三八三个").pauses(2.2).says("零")
    assert ended_after(caller, E.DIGITS) == near(0.35)


def test_an_address_bit_by_bit() -> None:
    caller = Caller().says("就是那个").pauses(1.5).says("福星小区").pauses(1.8).says("三号楼")
    caller.pauses(1.2).says("二单元").pauses(1.7).says("五零一室")
    # Complete enough for 0.9 s; this caller has shown that they need more.
    assert ended_after(caller, E.ADDRESS) == near(1.5)


def test_a_request_full_of_hesitation() -> None:
    caller = Caller().says("哎同志啊").pauses(0.6).says("我想问一下").pauses(1.6).says("那个")
    caller.pauses(1.7).says("就是说").pauses(1.2).says("高龄津贴").pauses(0.6)
    assert ended_after(caller.says("一个月多少钱")) == near(0.35)


def test_somebody_who_repeats_themselves() -> None:
    caller = Caller().says("我要我要订").pauses(0.7).says("订那个").pauses(1.0).says("订明天的")
    assert ended_after(caller.pauses(1.5).says("午饭两份")) == near(0.35)


def test_a_murmur_may_be_the_beginning_of_a_no() -> None:
    assert ended_after(Caller().says("嗯", 0.3), E.YES_NO) == near(0.7)
    caller = Caller().says("嗯", 0.4).pauses(0.55).says("不要了")
    assert ended_after(caller, E.YES_NO) == near(0.35)


def test_a_murmur_before_a_request_is_no_turn_yet() -> None:
    assert ended_after(Caller().says("嗯", 0.4).pauses(0.8).says("我要订饭")) == near(0.35)


def test_a_short_yes_without_a_word_of_the_recogniser_counts() -> None:
    caller = Caller().sound(0.2)
    caller.last = caller.now
    assert ended_after(caller, E.YES_NO) == near(0.9)


def test_a_click_is_no_turn() -> None:
    end = TurnEnd()
    for window in Caller().sound(0.06).pauses(3).windows():
        end.hear(window)
    assert not end.has_begun
    assert end.next_due() is None


def test_a_cough_before_the_words_does_not_shorten_them() -> None:
    caller = Caller().coughs().pauses(0.4).says("我想问问").pauses(1.5).says("低保怎么办")
    assert ended_after(caller) == near(0.35)


def test_a_cough_in_the_middle() -> None:
    caller = Caller().says("我妈她").pauses(0.3).coughs().pauses(0.9).says("摔倒了起不来了")
    assert ended_after(caller) == near(0.35)


def test_a_voice_that_trails_off_is_still_heard() -> None:
    caller = Caller().says("我想订明天的", level=-24).says("午饭", level=-37)
    assert ended_after(caller) == near(0.35)


def test_a_television_behind_the_caller_does_not_keep_the_turn_open() -> None:
    caller = Caller().says("高龄津贴一个月多少钱")
    caller.sound(6.0, level=-46)
    assert ended_after(caller) == near(0.35)


def test_words_of_a_television_keep_it_open_for_two_seconds_at_most() -> None:
    caller = Caller().says("我闺女在北京上班")
    last = caller.last
    caller.says("各位观众晚上好今天的主要内容有粮食再获丰收", 9.0, level=-46)
    caller.last = last
    assert ended_after(caller) <= 2.0 + 0.9 + 2 * WINDOW


def test_a_faint_voice_alone_is_not_ignored() -> None:
    end = TurnEnd()
    for _ in range(3):
        ended_after(Caller().says("对对对好的", level=-22), E.YES_NO, end)
        end.over()
    assert ended_after(Caller().says("喂你好", level=-50), E.ANYTHING, end) == near(0.35)
    assert end.nearness.is_far


def test_text_that_comes_late_changes_the_wait() -> None:
    end = TurnEnd()
    for window in Caller().sound(1.0).windows():
        end.hear(window)
    assert end.next_due() == near(1.9)
    end.partial("我想订", 1.1)
    assert end.next_due() == near(3.0)
    end.partial("我想订饭", 1.2)
    assert end.next_due() == near(1.35)
    assert end.due(1.4)


def test_text_that_the_recogniser_was_slow_with_adds_no_wait() -> None:
    end = TurnEnd()
    for window in Caller().sound(1.0).windows():
        end.hear(window)
    end.partial("我想订饭", 1.5)  # Vosk tells words up to half a second after them
    assert end.next_due() == near(1.35)
    end.partial("我想订饭我想订饭", 2.0)  # these weren't: somebody goes on, hardly to be heard
    assert end.next_due() == near(1.8)


def test_words_without_any_voice_begin_a_turn() -> None:
    end = TurnEnd()
    end.partial("救命", 5.0)
    assert end.has_begun
    assert end.has_words
    assert end.due(5.4)


def test_a_story_without_end_is_answered_at_the_first_breath_after_forty_seconds() -> None:
    caller = Caller()
    for _ in range(12):
        caller.says("那时候我跟我老伴在旗里上班那个", 3.5).pauses(0.5)
    assert ended_after(caller.says("那个")) < 0


def test_a_caller_who_pauses_long_gets_longer_pauses() -> None:
    end = TurnEnd()
    caller = Caller()
    for _ in range(6):
        caller.says("我闺女在").pauses(1.3)
    ended_after(caller.says("北京上班"), E.ANYTHING, end)
    end.over()
    patient = ended_after(Caller().says("我闺女在北京上班"), E.ANYTHING, end)
    assert patient == near(1.5)
    end.over()
    assert ended_after(Caller().says("对"), E.YES_NO, end) == near(0.35)


def test_what_the_wait_was_is_told_for_the_record() -> None:
    end = TurnEnd()
    waits = []
    for text in ("幺三八", "转人工"):
        end.partial(text, 1.0)
        waits.append(end.wait)
        end.over()
    assert [*waits, end.wait] == [Wait.DIGITS, Wait.COMPLETE, Wait.OTHERWISE]
    assert not end.has_begun
    assert end.last_sound is None


_UNSEEN = 3 * WINDOW
_PIECES = st.lists(
    st.tuples(
        st.sampled_from(["嗯", "那个", "我想", "订饭", "对", "幺三八", "福星小区", "多少钱", "的"]),
        st.floats(0.1, 3.0),
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None, max_examples=40)
@given(pieces=_PIECES, expectation=st.sampled_from(E))
def test_a_turn_always_ends_and_never_before_a_complete_pause(
    pieces: list[tuple[str, float]], expectation: E
) -> None:
    """Whatever is said: an end comes, and only after a pause of at least 0.35 s."""
    caller = Caller()
    spoken: list[tuple[float, float]] = []
    for text, pause in pieces:
        begin = caller.now
        caller.says(text)
        spoken.append((begin, caller.now))
        caller.pauses(pause)
    after = ended_after(caller, expectation)
    waits = delays().end
    assert after <= waits.digits + WINDOW
    at = caller.last + after
    # A word that has only just begun isn't seen yet.
    assert all(not begin + _UNSEEN < at < end + waits.complete - WINDOW for begin, end in spoken)


@settings(deadline=None, max_examples=40)
@given(
    groups=st.lists(
        st.text("幺二三四五六七八九零", min_size=1, max_size=4), min_size=2, max_size=3
    ),
    pauses=st.lists(st.floats(0.1, 4.5), min_size=3, max_size=3),
    filler=st.sampled_from(["", "嗯", "那个", "后面是"]),
)
def test_no_unfinished_mobile_number_is_cut_off(
    groups: list[str], pauses: list[float], filler: str
) -> None:
    caller = Caller().says("幺三")
    for group, pause in zip(groups, pauses, strict=False):
        if sum(sign not in "嗯那个后面是" for sign in caller.heard) + len(group) >= 11:
            break
        caller.pauses(pause)
        caller.says(filler + group)
    assert ended_after(caller, E.DIGITS) >= 5.0 - WINDOW
