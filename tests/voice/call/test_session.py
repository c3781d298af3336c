"""One call, from ring to hang-up, on a virtual clock."""

import pytest

from bot.reply import Answer, Reply
from tests.voice.call.world import PROMPTS, Plan, World, says, setting
from voice.call import actions as do
from voice.call import events
from voice.call.phase import At, Phase
from voice.call.session import Session
from voice.line.leg import Ended
from voice.turn.prompts import turn_prompts

GREETED = 6.0
"""Seconds after which the greeting is over."""


def test_a_call_is_picked_up_at_once_and_greeted() -> None:
    world = World().call().run(8.0)
    assert world.did(do.PickUp)[0][0] == 0.0
    assert world.said[0] == PROMPTS.greeting
    assert world.heard[0][0] < 0.5


def test_who_is_known_is_greeted_by_name() -> None:
    world = World(with_setting=setting("王桂兰", sure=True)).call().run(3.0)
    assert world.said[0].startswith("王桂兰您好")


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("斯琴高娃", PROMPTS.greeting_long_name.format(name="斯琴高娃")),
        ("乌云其木格", PROMPTS.greeting_long_name.format(name="乌云其木格")),
        ("阿拉坦敖其尔", PROMPTS.greeting),
    ],
)
def test_a_long_name_makes_no_long_greeting(name: str, greeting: str) -> None:
    world = World(with_setting=setting(name, sure=True)).call().run(3.0)
    assert world.said == [greeting]
    assert world.did(do.PickUp)


def test_who_is_not_surely_known_is_asked() -> None:
    world = World(with_setting=setting("王桂兰")).call()
    world.speaks(10.5, "对我是")
    world.run(14.0)
    assert world.said[:3] == [
        PROMPTS.greeting,
        PROMPTS.asks_name.format(name="王桂兰"),
        PROMPTS.name_right,
    ]
    assert world.words == []


def test_of_a_household_one_says_who_they_are() -> None:
    world = World(with_setting=setting("王桂兰", "李建国")).call()
    world.speaks(11.5, "我是李建国")
    world.run(15.0)
    assert world.said[:3] == [
        PROMPTS.greeting,
        PROMPTS.asks_name.format(name="王桂兰,还是李建国"),
        PROMPTS.name_right,
    ]
    assert [each.elder for _, each in world.did(do.Identify)] == [2]
    assert world.words == []


def test_of_a_household_one_says_a_wish_along_with_their_name() -> None:
    world = World(with_setting=setting("王桂兰", "李建国")).call()
    world.speaks(11.5, "我是王桂兰我想订明天的午饭")
    world.run(15.0)
    assert [each.elder for _, each in world.did(do.Identify)] == [1]
    assert world.words == ["我是王桂兰我想订明天的午饭"]


def test_who_has_a_wish_at_once_need_not_say_their_name() -> None:
    world = World(with_setting=setting("王桂兰")).call()
    world.speaks(10.5, "我想订明天的午饭")
    world.run(14.0)
    assert world.words == ["我想订明天的午饭"]


def test_words_become_an_answer() -> None:
    world = World().call()
    world.speaks(GREETED, "高龄津贴多少钱")
    world.run(15.0)
    assert world.words == ["高龄津贴多少钱"]
    assert world.said[-1] == "您说的是高龄津贴多少钱。"


def test_what_is_said_during_the_greeting_is_kept_and_the_greeting_is_heard() -> None:
    world = World().call()
    world.speaks(2.0, "我想订明天的午饭")
    world.run(12.0)
    assert world.did(do.StopTalking) == []
    assert world.words == ["我想订明天的午饭"]


def test_the_caller_may_interrupt_an_answer_and_is_heard_from_the_first_syllable() -> None:
    world = World(Plan(answer=lambda text: says("这个补贴的申请办法说起来比较长一些您慢慢听。")))
    world.call().speaks(GREETED, "高龄津贴怎么申请")
    world.speaks(10.0, "我要订明天的午饭")
    world.run(16.0)
    [(stopped, _)] = world.did(do.StopTalking)
    assert 10.15 < stopped < 10.6
    assert world.words == ["高龄津贴怎么申请", "我要订明天的午饭"]


def test_after_a_noise_the_sentence_goes_on() -> None:
    world = World(Plan(answer=lambda text: says("这个补贴的申请办法说起来比较长一些您慢慢听。")))
    world.call().speaks(GREETED, "高龄津贴怎么申请")
    world.speaks(10.0, "", 0.4)
    world.run(20.0)
    assert len(world.did(do.StopTalking)) == 1
    [(_, goes_on)] = world.did(do.GoOn)
    assert goes_on.stopped > 0.5
    assert world.words == ["高龄津贴怎么申请"]


def test_a_slow_answer_is_bridged_with_short_words() -> None:
    world = World(Plan(thinks=4.0)).call()
    end = world.speaks(GREETED, "高龄津贴多少钱")
    world.run(16.0)
    fillers = [at for at, _ in world.did(do.Fill)]
    assert len(fillers) >= 2
    assert fillers[0] - end < 0.35 + 0.9


def test_no_answer_at_all_brings_a_person() -> None:
    world = World(Plan(answer=lambda text: None, operator=2.0)).call()
    world.speaks(GREETED, "高龄津贴多少钱")
    world.run(20.0)
    assert PROMPTS.trouble in world.said
    assert world.session.at is At.OPERATOR


def test_an_answer_that_never_comes_is_given_up() -> None:
    world = World(Plan(thinks=60.0, operator=2.0)).call()
    world.speaks(GREETED, "高龄津贴多少钱")
    world.run(30.0)
    assert PROMPTS.trouble in world.said
    assert world.session.at is At.OPERATOR


def test_an_emergency_is_raised_in_the_middle_of_a_sentence() -> None:
    world = World().call()
    world.speaks(GREETED, "哎呀我在厨房里摔倒了起不来怎么办啊")
    world.run(14.0)
    [(raised, _)] = world.did(do.RaiseAlarm)
    assert raised < GREETED + 11 * 0.2 + 0.3
    assert len(world.words) == 1


def test_an_emergency_is_raised_while_we_talk_and_stops_us() -> None:
    world = World(Plan(answer=lambda text: says("很长的一句话" * 8))).call()
    world.speaks(GREETED, "高龄津贴怎么申请")
    world.speaks(10.0, "着火了着火了")
    world.run(14.0)
    assert len(world.did(do.RaiseAlarm)) == 1
    assert world.did(do.StopTalking)


def test_the_first_words_after_an_alarm_are_not_interrupted() -> None:
    def answer(text: str) -> Answer:
        return says("我已经把您的急事报上去了您别慌。", emergency=True, alarm_ref="A1")

    world = World(Plan(answer=answer)).call()
    end = world.speaks(GREETED, "我摔倒了")
    world.speaks(end + 1.5, "快点快点快来人")
    world.run(20.0)
    assert world.did(do.StopTalking) == []
    assert world.words == ["我摔倒了", "快点快点快来人"]


@pytest.mark.parametrize("at", [2.0, 9.0])
def test_0_brings_a_person_at_any_moment(at: float) -> None:
    asked = says("好的。", handover=True, asked_person=True)
    world = World(Plan(answer=lambda text: asked, operator=3.0)).call()
    world.press(at, "0")
    world.run(at + 12.0)
    assert world.words == ["0"]
    assert world.session.at is At.OPERATOR


def test_a_person_comes_whatever_is_said_into_the_announcement() -> None:
    asked = says("好的,我给您转人工,您稍等一下啊。", handover=True, asked_person=True)
    answers = {"转人工": asked}
    plan = Plan(answer=lambda text: answers.get(text, says("好的。")), operator=2.0, talks=60.0)
    world = World(plan).call()
    world.speaks(GREETED, "转人工")
    world.speaks(8.5, "好好好快点快点啊")
    world.run(20.0)
    assert world.session.at is At.OPERATOR


def test_a_mumbling_into_the_talk_with_an_operator_is_no_business_of_ours() -> None:
    asked = says("好的。", handover=True, asked_person=True)
    world = World(Plan(answer=lambda text: asked, operator=1.0, talks=30.0)).call()
    world.speaks(GREETED, "转人工")
    world.speaks(15.0, "", 2.0)
    world.run(22.0)
    assert world.session.at is At.OPERATOR
    assert world.said[-1] == "好的。"


def test_nobody_speaks_over_an_operator_and_afterwards_we_are_back() -> None:
    asked = says("好的,我给您转人工。", handover=True, asked_person=True)
    world = World(Plan(answer=lambda text: asked, operator=3.0, talks=15.0)).call()
    world.speaks(GREETED, "转人工")
    world.speaks(15.0, "同志你好我想问个事")
    world.run(40.0)
    [came] = [at for at, a in world.done if isinstance(a, do.Note) and a.kind == "handed_over"]
    assert not [begin for begin, _, _ in world.heard if came < begin < came + 15.0]
    assert world.words == ["转人工"]
    assert PROMPTS.operator_left in world.said


def test_when_nobody_picks_up_the_caller_is_told_and_kept() -> None:
    asked = says("好的,我给您转人工。", handover=True, asked_person=True)
    answers = {"转人工": asked}
    world = World(Plan(answer=lambda text: answers.get(text, says("好的。")))).call()
    world.speaks(GREETED, "转人工")
    world.speaks(42.0, "那我订个午饭吧")
    world.run(48.0)
    assert PROMPTS.operator_busy in world.said
    assert world.did(do.CallBack)
    assert world.words[-1] == "那我订个午饭吧"
    assert any(on.on for _, on in world.did(do.HoldTone))


def test_an_old_wish_for_a_person_is_not_a_new_one() -> None:
    world = World(Plan(answer=lambda text: says("好的。", handover=True))).call()
    world.speaks(GREETED, "我想订明天的午饭")
    world.run(12.0)
    assert world.did(do.Transfer) == []


def test_silence_is_asked_into_and_ends_in_a_kind_goodbye() -> None:
    world = World().call().run(90.0)
    steps = [note.detail["step"] for note in world.notes("silence")]
    assert steps == ["repeat", "still_there", "goodbye"]
    assert world.said[-1] in turn_prompts().goodbye
    assert world.did(do.CallBack)
    assert world.did(do.HangUp)
    assert world.session.over


def test_the_question_is_repeated_into_the_silence() -> None:
    world = World(Plan(answer=lambda text: says("记下了,明天的午餐。您要几份?"))).call()
    world.speaks(GREETED, "明天的午饭")
    world.run(20.0)
    assert world.said[-1].endswith("您要几份?")
    assert world.said[-1] != "记下了,明天的午餐。您要几份?"


def test_silence_after_something_alarming_brings_a_person() -> None:
    world = World(
        Plan(answer=lambda text: says("您别慌。", emergency=True, alarm_ref="A1"), operator=2.0)
    ).call()
    world.speaks(GREETED, "我摔倒了")
    world.run(90.0)
    assert world.did(do.RaiseForSilence)
    assert world.did(do.Transfer)


def test_slower_is_said_again_slower() -> None:
    world = World().call()
    world.speaks(GREETED, "高龄津贴多少钱")
    world.speaks(14.0, "说慢一点")
    world.run(22.0)
    last = [action for _, action in world.did(do.Say)][-1]
    assert last.text == "您说的是高龄津贴多少钱。"
    assert last.style.speed < 0.85
    assert world.words == ["高龄津贴多少钱"]


@pytest.mark.parametrize("again", ["再说一遍", "*"])
def test_again_is_said_again(again: str) -> None:
    world = World().call()
    world.speaks(GREETED, "高龄津贴多少钱")
    if again == "*":
        world.press(14.0, "*")
    else:
        world.speaks(14.0, again)
    world.run(20.0)
    assert world.said.count("您说的是高龄津贴多少钱。") == 2


def test_a_long_answer_comes_in_parts() -> None:
    replies = tuple(Reply(f"第{n}条是这样规定的," + "请您记一下" * 12 + "。") for n in "一二三")
    world = World(Plan(answer=lambda text: Answer(replies))).call()
    world.speaks(GREETED, "都有什么补贴")
    world.run(24.0)
    assert "第二条" not in "".join(world.said)
    world.speaks(world.now + 1.0, "要")
    world.run(world.now + 20.0)
    assert "第二条" in "".join(world.said)
    assert world.words == ["都有什么补贴"]


def test_who_refuses_the_recording_isnt_recorded() -> None:
    world = World().call()
    world.speaks(GREETED, "我不同意录音")
    world.run(14.0)
    assert world.did(do.StopRecording)
    assert world.said[-1] == PROMPTS.not_recorded
    assert world.words == []


def test_what_is_wished_beside_the_refusal_is_heard() -> None:
    world = World().call()
    world.speaks(GREETED, "不要录音我想订明天的午饭")
    world.run(16.0)
    assert world.did(do.StopRecording)
    assert world.words == ["我想订明天的午饭"]


def test_who_was_told_and_said_nothing_against_it_is_recorded() -> None:
    world = World().call().run(GREETED)
    assert len(world.did(do.KeepRecording)) == 1


def test_when_nothing_is_left_to_talk_about_the_line_is_given_free() -> None:
    world = World(Plan(answer=lambda text: says("我问完了,再见。", ends="没有" in text))).call()
    world.speaks(GREETED, "没有了谢谢")
    world.run(20.0)
    assert len(world.did(do.HangUp)) == 1
    world = World(Plan(answer=lambda text: says("我问完了,再见。", ends="没有" in text))).call()
    world.speaks(GREETED, "还有一件事")
    world.run(14.0)
    assert world.did(do.HangUp) == []


def test_after_goodbye_the_line_is_given_free() -> None:
    world = World(Plan(answer=lambda text: says("再见,您保重。"))).call()
    world.speaks(GREETED, "好的再见")
    world.run(16.0)
    assert world.did(do.HangUp)


def test_a_last_word_keeps_the_line() -> None:
    world = World(Plan(answer=lambda text: says("好的。"))).call()
    world.speaks(GREETED, "好的再见")
    world.speaks(9.0, "等一下我还要订明天的午饭")
    world.run(14.0)
    assert world.did(do.HangUp) == []
    assert len(world.words) == 2


def test_ears_that_break_are_admitted_to() -> None:
    world = World().call()
    world.at(GREETED + 1, lambda: world.tell(events.EarsFailed()))
    world.run(10.0)
    assert world.said[-1] in PROMPTS.not_heard


def test_ears_that_break_again_and_again_bring_a_person() -> None:
    world = World(Plan(operator=2.0)).call()
    for number in range(3):
        world.at(GREETED + 6 * number, lambda: world.tell(events.EarsFailed()))
    world.run(40.0)
    assert world.did(do.Transfer)


def test_a_voice_that_breaks_is_followed_by_a_rendered_word_and_a_person() -> None:
    world = World(Plan(broken_voice=True, operator=4.0)).call().run(3.0)
    fills = [action for _, action in world.did(do.Fill)]
    assert fills[0].text == PROMPTS.voice_trouble
    assert world.did(do.Transfer)


def test_without_voice_and_operator_the_caller_is_called_back() -> None:
    world = World(Plan(broken_voice=True, rings=1.0)).call().run(30.0)
    assert world.did(do.CallBack)
    assert world.did(do.HangUp)


def test_without_voice_the_operator_is_waited_for() -> None:
    world = World(Plan(broken_voice=True, operator=19.5, talks=60.0)).call().run(40.0)
    assert world.did(do.HangUp) == []
    assert world.session.at is At.OPERATOR


def test_an_alarm_that_cant_be_kept_yet_is_told() -> None:
    world = World(Plan(alarms_stick=True, answer=lambda text: None, operator=2.0)).call()
    world.speaks(GREETED, "我摔倒了")
    world.run(20.0)
    assert PROMPTS.alarm_stuck in world.said


def test_on_hold_nothing_is_said_and_the_rest_comes_afterwards() -> None:
    world = World(Plan(answer=lambda text: says("这个补贴的申请办法说起来比较长。"))).call()
    world.speaks(GREETED, "高龄津贴怎么申请")
    world.at(9.5, lambda: world.tell(events.Held()))
    world.at(40.0, lambda: world.tell(events.Resumed()))
    world.run(50.0)
    assert not [begin for begin, _, _ in world.heard if 9.6 < begin < 39.9]
    assert world.did(do.GoOn)


def test_an_answer_that_comes_while_on_hold_is_told_afterwards() -> None:
    world = World(Plan(thinks=3.0)).call()
    world.speaks(GREETED, "高龄津贴多少钱")
    world.at(9.0, lambda: world.tell(events.Held()))
    world.at(20.0, lambda: world.tell(events.Resumed()))
    world.run(28.0)
    assert world.heard[-1][2] == "您说的是高龄津贴多少钱。"
    assert world.heard[-1][0] > 20.0


def test_last_words_are_not_lost_with_the_connection() -> None:
    world = World().call()
    world.speaks(GREETED, "我在厨房里摔倒了", 2.0)
    world.hang_up(GREETED + 2.0, Ended.LOST)
    world.run(12.0)
    assert world.did(do.RaiseAlarm)
    assert world.words
    assert world.session.over


def test_all_lines_are_busy() -> None:
    world = World()
    world.at(0.0, lambda: world.tell(events.Queued(2)))
    world.at(25.0, lambda: world.tell(events.Queued(1)))
    world.at(40.0, lambda: world.tell(events.Admitted()))
    world.run(50.0)
    assert world.said[0] == PROMPTS.queue.format(position=2) + PROMPTS.queue_recorded
    assert PROMPTS.queue_moved.format(position=1) in world.said
    assert PROMPTS.greeting in world.said


@pytest.mark.parametrize("how", ["0", "我摔倒了", "转人工"])
def test_an_emergency_or_a_wish_for_a_person_gets_through_the_queue(how: str) -> None:
    world = World()
    world.at(0.0, lambda: world.tell(events.Queued(9)))
    if how == "0":
        world.press(5.0, "0")
    else:
        world.speaks(16.0, how)
    world.run(25.0)
    assert world.did(do.GetThrough)
    assert world.session.phase is Phase.TALKING
    assert world.words == [how]


@pytest.mark.parametrize("how", ["我摔倒了", "转人工", "0"])
def test_who_is_in_need_is_not_even_turned_away(how: str) -> None:
    world = World(Plan(answer=lambda text: says("好的。")))
    world.at(0.0, lambda: world.tell(events.TurnedAway()))
    if how == "0":
        world.press(5.0, "0")
    else:
        world.speaks(8.5, how)
    world.run(20.0)
    assert world.did(do.GetThrough)
    assert world.did(do.HangUp) == []
    assert world.words == [how]


def test_a_full_queue_has_no_room_for_what_can_wait() -> None:
    world = World()
    world.at(0.0, lambda: world.tell(events.TurnedAway()))
    world.speaks(8.5, "我想订明天的午饭")
    world.press(12.0, "1")
    world.run(30.0)
    assert world.words == []
    assert world.did(do.GetThrough) == []
    assert world.did(do.HangUp)


def test_whoever_got_through_without_a_word_of_the_recording_is_not_recorded() -> None:
    world = World(Plan(answer=lambda text: says("我已经把您的急事报上去了。")))
    world.at(0.0, lambda: world.tell(events.Queued(1)))
    world.at(0.0, lambda: world.tell(events.Up()))
    world.speaks(1.0, "我摔倒了起不来")
    world.run(20.0)
    assert world.words == ["我摔倒了起不来"]
    assert world.did(do.KeepRecording) == []


def test_who_waits_in_the_queue_is_told_of_the_recording() -> None:
    world = World()
    world.at(0.0, lambda: world.tell(events.Queued(1)))
    world.run(25.0)
    assert world.said[0].endswith(PROMPTS.queue_recorded)
    assert len(world.did(do.KeepRecording)) == 1


@pytest.mark.parametrize("again", ["再说一遍", "慢一点", "大声一点", "*"])
def test_the_place_in_the_queue_is_said_again(again: str) -> None:
    world = World()
    world.at(0.0, lambda: world.tell(events.Queued(2)))
    first = PROMPTS.queue.format(position=2) + PROMPTS.queue_recorded
    if again == "*":
        world.press(14.0, "*")
    else:
        world.speaks(13.0, again)
    world.run(19.0)
    assert world.said.count(first) == 2
    [before, *_, after] = [each.style for _, each in world.did(do.Say)]
    assert (after.speed < before.speed) is (again == "慢一点")
    assert (after.volume > before.volume) is (again == "大声一点")
    assert world.words == []


def test_a_place_that_moved_is_said_again_when_it_is_heard_slowly() -> None:
    world = World()
    world.at(0.0, lambda: world.tell(events.Queued(2)))
    world.at(20.0, lambda: world.tell(events.Queued(1)))
    world.press(30.0, "*")
    world.run(34.0)
    assert world.said[-1].startswith(PROMPTS.queue.format(position=1))
    assert len(world.did(do.KeepRecording)) == 1


@pytest.mark.parametrize("again", ["再说一遍", "慢一点", "*"])
def test_while_an_operator_is_looked_for_it_is_said_again_too(again: str) -> None:
    asked = says("好的,我给您转人工。", handover=True, asked_person=True)
    world = World(Plan(answer=lambda text: asked)).call()
    world.press(GREETED, "0")
    if again == "*":
        world.press(10.5, "*")
    else:
        world.speaks(10.5, again)
    world.run(14.0)
    assert world.said[-1] in PROMPTS.transfer_wait
    [_, before, *_, after] = [each.style for _, each in world.did(do.Say)]
    assert (after.speed < before.speed) is (again == "慢一点")
    assert world.session.at is At.WAITING


def test_with_a_full_queue_callers_are_told_and_let_go() -> None:
    world = World()
    world.at(0.0, lambda: world.tell(events.TurnedAway()))
    world.run(30.0)
    assert world.said == [PROMPTS.queue_full]
    assert world.did(do.HangUp)


def test_nothing_happens_before_it_rings() -> None:
    session = Session(setting())
    assert session.next_due() is None
    assert session.on(events.Tick(), 1.0) == []
