"""What is said after the alarm: the promises that hold for every talk, and the course of some."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.emergency.emergency import CATEGORIES, Category, Emergency
from bot.emergency.follow_up import FollowUp, Known, Step
from care.language.entity import Entity
from tests.bot.emergency.loaded import detector, script

WORDS = """
嗯 好 是 不是 有 没有 不知道 不清楚 在东关小区 三号楼二单元501 我叫王桂兰
13800138000 就打这个电话 怎么还没来 快点啊 你是谁 你们是120吗 按错了
没事了 不用来了 我想订饭 转人工 没听清 再说一遍 要 我害怕 动不了 还能喘气
他没呼吸了 叫不醒 就我一个人 老伴在旁边 出来了 出不去 我胸口疼 着火了 不想活了
救命 流了好多血 今天天气不错
"""
SAYINGS = ["", "哎哟" * 40, *WORDS.split()]
FORBIDDEN = ("我是120", "我是医生", "已经出发", "马上就到", "报警已取消", "片药", "毫升", "毫克")

emergencies = st.builds(
    Emergency,
    category=st.sampled_from(CATEGORIES),
    severity=st.integers(1, 3),
    matched=st.just("救命"),
    third_person=st.booleans(),
    evidence=st.just(()),
)
knowns = st.builds(
    Known,
    place=st.sampled_from([None, "东关小区1号楼", "额济纳旗"]),
    person=st.sampled_from([None, "王桂兰"]),
    phone=st.sampled_from([None, "13800138000"]),
)
texts = st.lists(st.one_of(st.sampled_from(SAYINGS), st.text(max_size=30)), max_size=25)


def begin(category: Category, *, other: bool = False, known: Known | None = None) -> Step:
    """The first step of an emergency of severity 1."""
    emergency = Emergency(category, 1, "救命", other, ())
    return script().start(emergency, known or Known())


def talk(step: Step, *texts: str) -> list[Step]:
    """The steps that `texts` lead to, without entities."""
    steps = []
    for text in texts:
        step = script().advance(step.state, text, [])
        steps.append(step)
    return steps


def check(step: Step, before: tuple[str, ...]) -> None:
    """What must hold for every step."""
    assert step.replies
    assert not set(step.replies) & set(before)
    assert len(set(step.replies)) == len(step.replies)
    for reply in step.replies:
        assert reply.strip()
        assert "{" not in reply
        assert len(re.findall(r"[。!?]", reply)) <= 2
        assert not any(word in reply for word in FORBIDDEN)
    assert max(step.state.asked.values(), default=0) <= 2
    assert set(step.facts) <= {
        "place",
        "person",
        "phone",
        "breathing",
        "conscious",
        "alone",
        "detail",
    }
    assert all(step.facts.values())


@settings(max_examples=150, deadline=None)
@given(emergencies, knowns, texts)
def test_any_talk_stays_sound(emergency: Emergency, known: Known, said: list[str]) -> None:
    step = script().start(emergency, known)
    check(step, ())
    for text in said:
        before = step.state
        stored = json.loads(json.dumps(before.to_json(), ensure_ascii=False))
        assert FollowUp.from_json(stored) == before
        step = script().advance(before, text, [])
        check(step, before.last)
        assert step.state.severity <= before.severity


@settings(max_examples=60, deadline=None)
@given(emergencies, st.integers(20, 40))
def test_silence_is_answered_for_as_long_as_it_lasts(emergency: Emergency, times: int) -> None:
    step = script().start(emergency, Known())
    for _ in range(times):
        before, step = step, script().advance(step.state, "", [])
        check(step, before.state.last)


@pytest.mark.parametrize("category", [each for each in CATEGORIES if each != "suicide"])
def test_where_is_asked_first(category: Category) -> None:
    waiting = begin(category).state.waiting
    assert waiting is not None
    assert script().lines.questions[waiting].fact == "place"


@pytest.mark.parametrize("category", CATEGORIES)
def test_first_words_say_that_help_is_being_arranged(category: Category) -> None:
    step = begin(category)
    said = "".join(step.replies)
    assert "值班的同志" in said or "请人来" in said
    assert step.replies[-1].endswith(("?", "。"))
    assert step.state.waiting is not None


@pytest.mark.parametrize("category", [each for each in CATEGORIES if each != "suicide"])
def test_first_words_name_the_number_to_dial(category: Category) -> None:
    assert re.search("120|119|110", "".join(begin(category).replies))


def test_place_comes_first_and_is_kept_as_it_was_said() -> None:
    step = begin("fall")
    assert step.state.waiting == "place"
    (answer,) = talk(step, "就在菜市场后头那个红楼三单元")
    assert answer.facts == {"place": "就在菜市场后头那个红楼三单元"}
    assert answer.state.waiting == "moving"


def test_a_coarse_place_is_asked_again_and_completed() -> None:
    first, second = talk(begin("fall"), "东关小区", "三号楼501")
    assert first.state.waiting == "place"
    assert second.state.learnt["place"] == "东关小区,三号楼501"


def test_a_known_place_is_only_confirmed() -> None:
    step = begin("chest_pain", known=Known(place="东关小区1号楼"))
    assert "东关小区1号楼" in step.replies[-1]
    (yes,) = talk(step, "是的")
    assert yes.state.waiting == "breathing"
    (no,) = talk(step, "不是")
    assert no.state.waiting == "place"
    (elsewhere,) = talk(step, "不是,我在人民公园门口")
    assert elsewhere.facts["place"] == "人民公园门口"


def test_known_person_and_phone_are_not_asked() -> None:
    step = begin("chest_pain", known=Known(person="王桂兰", phone="13800138000"))
    steps = talk(step, "东关小区3号楼", "能喘气", "就我一个人", "嗯")
    assert not {"person", "phone"} & set(steps[-1].state.asked)


def test_entities_are_heard_whenever_they_are_told() -> None:
    text = "我叫王桂兰住东关小区3号楼电话13800138000"
    entities = [
        Entity("name", "王桂兰", 2, 5),
        Entity("address", "东关小区3号楼", 6, 13),
        Entity("phone", "13800138000", 15, 26),
    ]
    step = script().advance(begin("fall").state, text, entities)
    assert step.facts["person"] == "王桂兰"
    assert step.facts["place"] == "东关小区3号楼"
    assert step.facts["phone"] == "13800138000"
    assert step.state.waiting == "moving"


def test_an_unclear_answer_is_asked_twice_and_then_left() -> None:
    steps = talk(begin("fall"), "不知道", "不知道", "不知道", "不知道")
    assert steps[0].state.waiting == "place"
    assert steps[1].state.waiting == "moving"
    assert steps[-1].state.asked["place"] == 2


def test_half_an_answer_counts() -> None:
    place, answer = talk(begin("unconscious", other=True), "东关小区3号楼", "好像还有点气,还在喘")
    assert place.state.waiting == "breathing"
    assert answer.facts == {"breathing": "有呼吸"}
    assert answer.state.waiting == "person"


def test_an_answer_to_another_question_is_kept() -> None:
    (answer,) = talk(begin("unconscious", other=True), "他还在喘")
    assert answer.facts == {"breathing": "有呼吸"}
    assert answer.state.waiting == "place"


def test_no_breath_brings_advice_at_once() -> None:
    (answer,) = talk(begin("unconscious", other=True), "没有呼吸了")
    assert answer.facts["breathing"] == "呼吸困难或没有"
    assert "120" in "".join(answer.replies)


def test_where_are_you_gets_an_honest_answer() -> None:
    steps = talk(begin("fall"), "怎么还没来", "到哪了", "还要多久")
    for step in steps:
        assert "值班的同志" in "".join(step.replies) or "已经在叫" in "".join(step.replies)
        assert not step.caller_says_false_alarm


def test_false_alarm_is_noted_and_the_alarm_stays() -> None:
    (first,) = talk(begin("fall"), "没事了不用来了")
    assert first.caller_says_false_alarm
    assert "值班的同志" in "".join(first.replies)
    assert first.state.waiting is None
    (second,) = talk(first, "嗯")
    assert not second.caller_says_false_alarm
    assert second.state.asked == first.state.asked
    (third,) = talk(second, "哎呀我胸口疼")
    assert third.worse is not None
    assert third.state.waiting is not None


@pytest.mark.parametrize("text", ["我没事,是我老伴晕倒了", "不是按错了", "别挂,不好了"])
def test_what_only_sounds_like_a_false_alarm(text: str) -> None:
    (step,) = talk(begin("fall"), text)
    assert not step.caller_says_false_alarm


def test_a_person_is_promised_when_wanted() -> None:
    (step,) = talk(begin("fall"), "转人工")
    assert step.wants_person


def test_it_never_poses_as_the_emergency_services() -> None:
    (step,) = talk(begin("fire"), "你们是119吗")
    assert "12349" in step.replies[0]


def test_no_booking_while_an_alarm_is_open() -> None:
    (step,) = talk(begin("fall"), "我还想订饭")
    assert any(text in script().lines.says["later"].texts for text in step.replies)


def test_a_graver_emergency_takes_over() -> None:
    emergency = Emergency("fall", 2, "摔了", third_person=False, evidence=())
    step = script().start(emergency, Known())
    (graver,) = talk(step, "我喘不上气了")
    assert graver.worse is not None
    assert graver.worse.category == "breathing"
    assert (graver.state.category, graver.state.severity) == ("breathing", 1)
    assert "place" not in graver.facts
    (again,) = talk(graver, "喘不上气")
    assert again.worse is None


def test_a_cry_for_help_becomes_what_it_is() -> None:
    (step,) = talk(begin("help"), "我摔倒了")
    assert step.state.category == "fall"


def test_after_all_questions_it_stays_and_varies() -> None:
    step = begin("breathing")
    steps = talk(step, "东关小区3号楼", "王桂兰", "就我一个", "13800138000", *["嗯"] * 12)
    assert steps[-1].state.waiting is None
    assert len({step.replies for step in steps[-8:]}) >= 5


def test_suicide_is_met_kindly() -> None:
    step = begin("suicide")
    assert step.replies[0] in script().lines.says["opening_gentle"].texts
    assert "陪" in "".join(step.replies)


@pytest.mark.parametrize("stored", [{}, {"category": "flood", "severity": 1}, {"category": "fall"}])
def test_a_broken_state_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="category"):
        FollowUp.from_json(stored)


def test_a_state_of_another_version_is_read() -> None:
    stored = {**begin("fall").state.to_json(), "mood": "calm"}
    assert FollowUp.from_json(stored) == begin("fall").state


def first_words(text: str) -> str:
    """What is said to the first utterance of a caller."""
    found = detector().detect(text)
    assert found is not None
    return "".join(script().start(found, Known()).replies)


@pytest.mark.parametrize(
    ("text", "said", "never"),
    [
        ("触电了我老伴", "拉电闸|拉下来.*120", "水|烫"),
        ("我触电了", "拉下来.*120", "水|烫"),
        ("吐血了", "侧着躺.*120", "布|按住"),
        ("我妈便血", "侧着躺.*120", "布|按住"),
        ("屋里有烟", "马上离开.*119", "坐下|躺"),
        ("他要打我", "先离开他,到安全的地方.*110", "别开门"),
        ("地震了", "空旷的地方", "坐下|躺下"),
        ("淹水了", "高处", "坐下|躺下"),
        ("我冷得不行", "被子", "别走动"),
        ("骗子让我转账", "先别转账.*验证码.*110", "不舒服"),
        ("不想拖累孩子了", "陪", "让他|110"),
    ],
)
def test_first_advice_fits(text: str, said: str, never: str) -> None:
    words = first_words(text)
    assert re.search(said, words)
    assert not re.search(never, words)


@pytest.mark.parametrize("other", [False, True])
def test_advice_before_anything_is_known_is_harmless(*, other: bool) -> None:
    emergency = replace(Emergency.unspecified("要"), third_person=other)
    words = "".join(script().start(emergency, Known()).replies)
    assert not re.search("坐|躺|别走动|别动|冲|按住|开灯", words)


@pytest.mark.parametrize("other", [False, True])
@pytest.mark.parametrize("category", ["fire", "gas", "electric", "violence"])
def test_nobody_is_kept_where_one_must_get_away(category: Category, *, other: bool) -> None:
    step = begin(category, other=other)
    for answer in talk(step, *["不知道"] * 10, *["要", "好"] * 10):
        assert not re.search("坐下|躺|慢慢等|再坚持|别动[,。]|别走动", "".join(answer.replies))


def test_a_bare_yes_is_no_name_and_no_place() -> None:
    assert not {"place", "person"} & {
        fact for step in talk(begin("fall"), *["要"] * 8) for fact in step.facts
    }
