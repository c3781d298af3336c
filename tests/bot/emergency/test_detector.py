"""What holds for every sentence, and how an emergency is described."""

import statistics
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.emergency.emergency import Category
from care.language.normalise import normalise
from tests.bot.emergency.loaded import detector
from tests.bot.emergency.table import NONE, read, whole_table

ALARMS = [case.text for case in [*read("emergencies.tsv"), *read("noisy.tsv")]]
BEFORE = [
    "喂",
    "喂你好",
    "哎呀",
    "同志啊",
    "姑娘我跟你说啊",
    "你好我是东关小区的",
    "那个那个",
    "我想问一下",
    "不好意思麻烦你了",
    "本来想订个饭的",
    "我今年八十三了",
    "我是王桂兰,",
    "是12349吗",
    "我女儿给我存的这个号",
]
AFTER = [
    "啊",
    "了呀",
    ",你们快点",
    "快来人啊",
    ",怎么办呀",
    ",我在东关小区三号楼",
    "我害怕",
    "姑娘你听见没有",
    ",我一个人在家",
]


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=200))
@example("")
@example("\x00\ud800")
@example("🆘" * 50)
@example("没" * 200)
def test_never_raises(text: str) -> None:
    found = detector().detect(text)
    assert found is None or found.matched in text


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from("我没摔倒了去年如果胸口疼不电视里老伴晕,。?怕着火煤气漏救命要是补贴"),
        max_size=80,
    )
)
def test_never_raises_on_words_of_its_own(signs: list[str]) -> None:
    found = detector().detect("".join(signs))
    assert found is None or found.severity in (1, 2, 3)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(ALARMS), st.sampled_from(BEFORE), st.sampled_from(AFTER), st.integers(0, 2))
def test_chatter_removes_no_alarm(text: str, before: str, after: str, where: int) -> None:
    said = [before + text, text + after, before + text + after][where]
    assert detector().detect(normalise(said)) is not None


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(whole_table()), st.data())
def test_blanks_change_nothing(case: object, data: st.DataObject) -> None:
    text = normalise(getattr(case, "text", ""))
    spaced = "".join(sign + " " * data.draw(st.integers(0, 2)) for sign in text)
    assert detector().detect(normalise(spaced)) == detector().detect(text)


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("我摔了一跤", 2),
        ("我摔了一跤起不来了", 1),
        ("摔了一跤头磕破了一直流血", 1),
        ("胸口疼", 1),
        ("胸闷", 2),
        ("叫不醒了", 1),
        ("迷路了", 2),
        ("闪了腰", 3),
        ("我忘了关煤气", 2),
        ("救命", 1),
        ("我触电了", 1),
        ("吐血了", 1),
        ("屋里有烟", 1),
        ("突然看不见了", 1),
        ("他要打我", 2),
        ("地震了", 2),
        ("淹水了", 2),
        ("活着拖累人", 2),
        ("有点喘", 3),
        ("我冷得不行", 3),
        ("我被骗了钱", 3),
    ],
)
def test_severity(text: str, severity: int) -> None:
    found = detector().detect(text)
    assert found is not None
    assert found.severity == severity


@pytest.mark.parametrize(
    ("text", "third_person"),
    [
        ("我摔倒了", False),
        ("摔倒了", False),
        ("我没事,是我老伴摔倒了", True),
        ("我儿子不在家我摔倒了", False),
        ("隔壁王大爷晕倒了", True),
        ("叫不醒了", True),
        ("晕倒了我老伴", True),
        ("我一个人在家摔倒了", False),
        ("我妈胸口疼", True),
        ("老伴出去了我喘不上气", False),
        ("触电了我老伴", True),
        ("不想拖累孩子了", False),
        ("他要打我", False),
    ],
)
def test_who_is_in_need(text: str, third_person: bool) -> None:
    found = detector().detect(text)
    assert found is not None
    assert found.third_person is third_person


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("救命啊着火了", "fire"),
        ("我摔倒了胸口疼", "chest_pain"),
        ("煤气漏了我头晕得厉害", "gas"),
        ("我老伴摔倒了叫不醒", "unconscious"),
        ("卡住嗓子了喘不上气", "choking"),
    ],
)
def test_the_gravest_names_the_emergency(text: str, category: Category) -> None:
    found = detector().detect(text)
    assert found is not None
    assert found.category == category
    assert any(each.endswith(found.matched) for each in found.evidence)


def test_a_dismissal_says_why() -> None:
    assert set(detector().dismissals("我没摔倒").values()) == {"negation"}
    assert set(detector().dismissals("电视里那个人摔倒了").values()) == {"media"}
    assert detector().dismissals("我摔倒了") == {}


def test_a_hard_negative_beside_an_emergency_cancels_nothing() -> None:
    negatives = [case.text for case in read("hard_negatives.tsv", NONE)]
    for negative in negatives:
        assert detector().detect(f"{negative}。我老伴现在叫不醒了"), negative


def test_quick_enough() -> None:
    texts = [(case.text * 8)[:30] for case in whole_table()]
    for text in texts:
        detector().detect(text)
    took = []
    for text in texts:
        before = time.perf_counter()
        detector().detect(text)
        took.append(time.perf_counter() - before)
    assert statistics.median(took) < 0.001


@pytest.mark.parametrize("part", ["我摔倒了", "没", "如果", "去年我老伴叫不醒了,", "疼", "啊"])
def test_time_grows_with_the_length_and_no_faster(part: str) -> None:
    def fastest(length: int) -> float:
        text = (part * length)[:length]
        took = []
        for _ in range(3):
            before = time.perf_counter()
            detector().detect(text)
            took.append(time.perf_counter() - before)
        return min(took)

    fastest(2_000)
    short, long = fastest(2_000), fastest(16_000)
    assert long < 8 * short * 4 + 0.01  # eight times the text; four-fold slack for a busy machine
