"""Who asks for a person gets one, whatever else is said and sounds meanwhile (promise 2)."""

import pytest

from bot.reply import Answer
from tests.voice.call.world import PROMPTS, Plan, World, says
from voice.call import actions as do
from voice.call import events
from voice.call.phase import At

GREETED = 6.0
"""Seconds after which the greeting is over."""
ANNOUNCED = "好的,我给您转人工,您稍等一下啊。"


def answer(text: str) -> Answer:
    if "转人工" in text or text == "0":
        return says(ANNOUNCED, handover=True, asked_person=True)
    return says("好的,我记下了。")


def caller(**plan: object) -> World:
    more = {"answer": answer, "operator": 2.0, "talks": 60.0, **plan}
    return World(Plan(**more)).call()  # type: ignore[arg-type]


@pytest.mark.parametrize("thinks", [0.1, 0.6, 1.5, 3.0])
@pytest.mark.parametrize("more", ["快一点啊我着急", "再说一遍", "慢一点", "不同意录音", ""])
def test_a_wish_for_a_person_outlives_what_is_said_after_it(thinks: float, more: str) -> None:
    world = caller(thinks=thinks)
    end = world.speaks(GREETED, "转人工")
    world.speaks(end + 1.0, more, 1.2)
    world.run(26.0)
    assert world.session.at is At.OPERATOR
    assert "".join(world.said).count(ANNOUNCED) == 1
    assert len(world.did(do.Transfer)) == 1


def test_the_operator_who_was_wished_before_is_not_fetched_again_afterwards() -> None:
    world = caller(thinks=1.5, talks=5.0)
    end = world.speaks(GREETED, "转人工")
    world.speaks(end + 1.0, "快一点啊我着急")
    world.speaks(30.0, "那我订个午饭吧")
    world.run(36.0)
    assert PROMPTS.operator_left in world.said
    assert world.said[-1] == "好的,我记下了。"
    assert len(world.did(do.Transfer)) == 1


def test_a_wish_that_is_taken_back_is_none() -> None:
    world = caller(thinks=1.5)
    end = world.speaks(GREETED, "给我转人工")
    world.speaks(end + 1.0, "算了不用人工了")
    plan = world.plan
    plan.answer = lambda text: says("好的。") if "不用" in text else answer(text)
    world.run(20.0)
    assert world.did(do.Transfer) == []


def test_words_that_find_no_answer_bring_a_person_though_newer_ones_do() -> None:
    world = caller(thinks=2.0, answer=lambda text: None if text == "转人工" else says("好的。"))
    end = world.speaks(GREETED, "转人工")
    world.speaks(end + 1.0, "快一点啊我着急")
    world.run(20.0)
    assert world.session.at is At.OPERATOR


def test_an_answer_that_comes_too_late_fetches_nobody_again() -> None:
    world = caller(thinks=12.0, operator=None, rings=1.0)
    world.speaks(GREETED, "转人工")
    world.run(30.0)
    assert len(world.did(do.Transfer)) == 1


@pytest.mark.parametrize("into", [8.9, 9.4, 10.0])
def test_a_person_comes_though_the_sentence_before_the_announcement_is_broken_off(
    into: float,
) -> None:
    world = caller()
    world.speaks(GREETED, "不同意录音给我转人工")
    world.speaks(into, "快点快点")
    world.run(25.0)
    assert PROMPTS.not_recorded in world.said
    assert world.said.count(ANNOUNCED) == 1
    assert world.session.at is At.OPERATOR


def test_a_noise_into_the_sentence_before_the_announcement_loses_nothing() -> None:
    world = caller()
    world.speaks(GREETED, "不同意录音给我转人工")
    world.speaks(9.4, "", 0.4)
    world.run(25.0)
    assert world.said == [PROMPTS.greeting, PROMPTS.not_recorded, ANNOUNCED]
    assert world.session.at is At.OPERATOR


def test_what_to_do_while_an_alarm_is_stuck_is_heard_though_another_word_is_broken_off() -> None:
    world = caller(answer=lambda text: says("这个补贴的申请办法说起来比较长一些您慢慢听。"))
    world.speaks(GREETED, "高龄津贴怎么申请")
    world.at(10.0, lambda: world.tell(events.AlarmStuck()))
    world.speaks(10.5, "我要订明天的午饭")
    world.run(25.0)
    assert PROMPTS.alarm_stuck in [text for _, _, text in world.heard]


@pytest.mark.parametrize("thinks", [0.1, 2.0, 4.0, 7.5])
@pytest.mark.parametrize("before", [3.0, 1.0, 0.3, 0.05, -1.0, -2.4])
def test_0_brings_a_person_until_the_last_moment_of_a_call_that_is_turned_away(
    thinks: float, before: float
) -> None:
    world = caller(thinks=thinks)
    world.at(0.0, lambda: world.tell(events.TurnedAway()))
    ends = 0.15 + len(PROMPTS.queue_full) * 0.2
    world.press(ends - before, "0")
    world.run(ends + 30.0)
    assert world.did(do.HangUp) == []
    assert ANNOUNCED in [text for _, _, text in world.heard]
    assert world.session.at is At.OPERATOR


def test_nobody_is_hung_up_on_who_cried_for_help_into_the_goodbye() -> None:
    world = caller(answer=lambda text: says("再见,您多保重身体啊。", ends="没有" in text))
    end = world.speaks(GREETED, "没有了谢谢再见")
    world.speaks(end + 1.0, "我摔倒了")
    world.run(end + 10.0)
    assert world.words == ["没有了谢谢再见", "我摔倒了"]
    assert world.did(do.HangUp) == []
