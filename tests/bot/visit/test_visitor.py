"""The course of a visit by telephone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.visit.talk import Step, Talk
from care.language.normalise import normalise
from care.visits.findings import UNCLEAR
from care.visits.state import Result
from tests.bot.visit.said import EVERY, VISITOR

NAME = "王桂兰"
WORDS = [text for _, _, text in EVERY] + [
    "是我",
    "你谁啊",
    "打错了",
    "我是他儿子",
    "正忙着呢",
    "挂了吧",
    "别再打电话了",
    "嗯",
    "啊",
    "今天下雨了",
    "你是骗子吧",
    "别录音",
    "有",
    "谢谢",
]


def course(*texts: str, others: tuple[str, ...] = ()) -> list[Step]:
    """Every step of a talk; `others` share the telephone."""
    talk, steps = Talk(NAME, others), []
    for text in texts:
        steps.append(VISITOR.advance(talk, normalise(text)))
        talk = steps[-1].talk
    return steps


def found(steps: list[Step]) -> dict[str, str]:
    return {each.question: each.finding for step in steps for each in step.answers}


def test_the_usual_talk() -> None:
    steps = course("是我", "好着呢", "吃得下", "睡得好", "按时吃着呢", "没有")
    assert [step.ends for step in steps] == [False] * 5 + [True]
    assert steps[-1].talk.result is Result.FINISHED
    assert found(steps) == {
        "wellbeing": "well",
        "eats": "well",
        "sleeps": "well",
        "medicine": "taking",
        "needs": "nothing",
    }
    assert steps[-1].say == VISITOR.script.end


def test_what_was_told_unasked_is_not_asked() -> None:
    steps = course("是我", "挺好的能吃能睡", "不吃药", "想理个发")
    assert steps[-1].ends
    assert steps[-1].say == VISITOR.script.end_told
    assert found(steps)["sleeps"] == "well"


def test_not_understood_is_asked_once_more_and_then_let_be() -> None:
    first, second, third = course("是我", "今天下雨了", "我孙子放学了")
    script = VISITOR.script
    assert script.questions[0].asks in first.say
    assert second.say.endswith(script.questions[0].again)
    assert script.questions[1].asks in third.say
    assert [each.finding for each in third.answers] == [UNCLEAR]
    assert "我孙子放学了" in third.answers[0].said


def test_a_bare_yes_to_help_is_asked_for_what() -> None:
    *_, asked, told = course("是我", "好", "好", "好", "好", "有", "我那个灯泡")
    assert asked.say == VISITOR.script.questions[-1].detail
    assert not asked.answers
    assert [(each.finding, each.said) for each in told.answers] == [("wants", "我那个灯泡")]


@pytest.mark.parametrize(
    ("texts", "result"),
    [
        (("打错了",), Result.NOT_THEM),
        (("不是",), Result.NOT_THEM),
        (("我是她闺女她不在家",), Result.NOT_THEM),
        (("是我", "你们别再打电话了"), Result.REFUSED),
        (("是我", "我正做饭呢"), Result.UNFINISHED),
        (("是我", "挺好的正忙着呢"), Result.FINISHED),
        (("是我", "挂了吧"), Result.UNFINISHED),
    ],
)
def test_how_a_talk_ends_early(texts: tuple[str, ...], result: Result) -> None:
    last = course(*texts)[-1]
    assert (last.talk.result, last.ends) == (result, True)


def test_who_asks_back_is_told_and_asked_again() -> None:
    first, second = course("你谁啊", "要钱吗")
    assert VISITOR.script.who in first.say
    assert NAME in first.say
    assert VISITOR.script.who in second.say
    assert not course("你谁啊", "要钱吗", "你谁啊", "挺好的")[-1].ends


def test_what_is_said_after_goodbye() -> None:
    usual = ("是我", "好着呢", "吃得下", "睡得好", "按时吃着呢", "没有")
    assert course(*usual, "谢谢啊")[-1].ends
    late = course(*usual, "对了我药吃完了")[-1]
    assert [(each.question, each.finding) for each in late.answers] == [("medicine", "run_out")]
    assert course(*usual, "高龄津贴多少钱")[-1].strange


@settings(deadline=None)  # the scanner's moves are built when they are first met
@given(st.lists(st.sampled_from(WORDS), min_size=14, max_size=20))
def test_every_talk_ends_and_asks_nothing_a_third_time(texts: list[str]) -> None:
    steps = course(*texts)
    assert steps[-1].talk.result is not None, [step.say for step in steps]
    before = steps[: next(n for n, step in enumerate(steps) if step.talk.result) + 1]
    said = "".join(step.say for step in before)
    for question in VISITOR.script.questions:
        asides = before[-1].talk.asides
        assert said.count(question.asks) <= 1 + asides
        assert said.count(question.again) <= 1 + asides
    for step in before:
        assert step.say
        assert "{" not in step.say


@settings(deadline=None)  # the scanner's moves are built when they are first met
@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from(EVERY))
def test_what_worries_once_told_stays_told(texts: list[str], worry: tuple[str, str, str]) -> None:
    question, finding, text = worry
    known = VISITOR.findings.find(question, finding)
    steps = course("是我", text, *texts)
    if known is not None and known.desk and finding in {e.finding for e in steps[1].answers}:
        assert steps[-1].talk.desk


@settings(deadline=None)  # the scanner's moves are built when they are first met
@given(st.lists(st.text(max_size=40), max_size=12))
def test_nothing_that_is_said_breaks_it(texts: list[str]) -> None:
    for step in course(*texts):
        assert step.say or step.strange


@pytest.mark.parametrize("text", ["我是李建国", "我姓李", "我是她老伴", "我是她爱人,她在里屋呢"])
def test_who_shares_the_telephone_is_asked_to_call_them(text: str) -> None:
    fetched, here, asked = course(text, "喂", "是我", others=("李建国",))
    assert fetched.say == VISITOR.script.fetch.format(name=NAME)
    assert not fetched.ends
    assert here.say == VISITOR.script.opening_again.format(name=NAME)
    assert asked.say.endswith(VISITOR.script.questions[0].asks)


@pytest.mark.parametrize("text", ["我是她老伴,她不在家", "她出去了", "打错了", "我是她儿子"])
def test_who_cannot_call_them_is_not_asked_to(text: str) -> None:
    [step] = course(text, others=("李建国",))
    assert step.talk.result is Result.NOT_THEM


def test_who_is_asked_once_is_not_asked_again() -> None:
    *_, last = course("我是李建国", "她不来接,我是李建国", others=("李建国",))
    assert last.talk.result is Result.NOT_THEM


def test_on_a_telephone_of_their_own_a_husband_is_somebody_else() -> None:
    [step] = course("我是她老伴")
    assert step.talk.result is Result.NOT_THEM


def test_they_say_who_they_are() -> None:
    [step] = course("是我,我是王桂兰", others=("李建国",))
    assert step.say.endswith(VISITOR.script.questions[0].asks)
