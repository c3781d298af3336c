"""Whatever callers and machines do: no dead air, no lost alarm, no word over an operator, an end.

The world asserts the first three at every step.
"""

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.reply import Answer, Reply
from tests.voice.call.world import Plan, World, says
from voice.call import actions as do
from voice.call import events
from voice.line.leg import Ended

WORDS = (
    *("高龄津贴多少钱", "我摔倒了起不来", "厨房着火了", "转人工", "再说一遍", "说慢一点"),
    *("不同意录音", "对", "嗯", "不用了", "等一下", "再见", "我想问一下", "幺三八零零零零", ""),
)
ANSWERS = {
    "转人工": says("好的,我给您转人工。", handover=True, asked_person=True),
    "0": says("好的,我给您转人工。", handover=True, asked_person=True),
    "我摔倒了起不来": says("您别慌。您在哪儿?", emergency=True, alarm_ref="A1", expects="place"),
    "高龄津贴多少钱": Answer(tuple(Reply("这一条是这样规定的,请您记好了。" * 3) for _ in range(3))),
    "对": Answer(()),
}


@dataclass(frozen=True)
class Doing:
    """One thing that happens, some seconds after the one before."""

    wait: float
    what: str
    """Words, a key, or one of hold, deaf, noise."""


doings = st.builds(
    Doing,
    st.floats(0.0, 9.0),
    st.sampled_from((*WORDS, *"0129*#", "hold", "deaf", "noise", "mumbling")),
)
plans = st.builds(
    Plan,
    answer=st.sampled_from(
        (
            lambda text: ANSWERS.get(text, says("记下了。哪天要?", expects="on_date")),
            lambda text: None,
        )
    ),
    thinks=st.sampled_from((0.05, 0.6, 1.1, 3.0, 30.0)),
    voice=st.sampled_from((0.05, 0.6, 2.4)),
    broken_voice=st.sampled_from((False, False, False, True)),
    operator=st.sampled_from((None, 0.0, 3.0)),
    rings=st.sampled_from((0.0, 20.0)),
    talks=st.sampled_from((0.1, 12.0)),
    alarms_stick=st.booleans(),
)


def _play(plan: Plan, course: list[Doing]) -> tuple[World, float]:
    world, at = World(plan).call(), 1.0
    for doing in course:
        at += doing.wait
        if doing.what in {"hold", "deaf"}:
            first = events.Held() if doing.what == "hold" else events.EarsFailed()
            world.at(at, lambda first=first: world.tell(first))  # type: ignore[misc]
            at += 2.0
            world.at(at, lambda: world.tell(events.Resumed()))
        elif doing.what in {"noise", "mumbling"}:
            at = world.speaks(at, "", 0.35 if doing.what == "noise" else 1.2)
        elif len(doing.what) == 1 and doing.what in "0129*#":
            world.press(at, doing.what)
        else:
            at = world.speaks(at, doing.what)
    return world, at


slow = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@slow
@given(plans, st.lists(doings, max_size=6))
def test_a_caller_who_hangs_up_ends_the_call(plan: Plan, course: list[Doing]) -> None:
    world, at = _play(plan, course)
    world.hang_up(at + 0.5, Ended.LOST)
    world.run(at + 45.0)
    assert world.session.over
    assert world.session.next_due() is None


@slow
@given(plans, st.lists(doings, max_size=4))
def test_a_caller_who_says_nothing_more_is_let_go(plan: Plan, course: list[Doing]) -> None:
    world, at = _play(plan, course)
    world.run(at + 400.0)
    assert world.did(do.HangUp)
    assert world.session.over
    assert world.said or plan.broken_voice
