"""Cutting text: nothing lost, nothing turned round, nothing too long, no number broken."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.spoken.form import spoken
from voice.synthesis.clause import LONGEST, MARKS, SPEECH, Clause
from voice.synthesis.clauses import BREATH, clauses, parts, sentences
from voice.synthesis.cut import cut
from voice.synthesis.pace import HEAD, paced

TEXT = st.text(
    alphabet=st.sampled_from("老人您好的在不是津贴每月一二百元幺零，。？！、；： \n\t"),
    max_size=160,
)
NUMBERS = ["二百五十元", "八十到八十九岁", "幺三八零零零零幺二三四"]
WORDS = st.lists(
    st.sampled_from(
        ["银川市", "老人", "高龄津贴", "每月", "我们", "报上去了", "的", "在", "社区食堂", *NUMBERS]
    ),
    min_size=1,
    max_size=20,
).map("".join)


def spoken_of(text: str) -> str:
    return "".join(SPEECH.findall(text))


@settings(deadline=None)
@given(TEXT)
def test_no_character_is_lost_or_moved(text: str) -> None:
    kept = "".join(clause.text for clause in clauses(text))
    assert spoken_of(kept) == spoken_of(text)
    assert kept == re.sub(r"\s", "", text).removeprefix(lost_marks(text)) or not spoken_of(text)


def lost_marks(text: str) -> str:
    """Marks before the first word belong to nobody, unless they open the first clause."""
    bare = re.sub(r"\s", "", text)
    first = clauses(text)
    return bare[: bare.find(first[0].text)] if first else bare


@settings(deadline=None)
@given(TEXT, st.integers(0, 60))
def test_pacing_keeps_everything_and_the_limits(text: str, ready: int) -> None:
    pieces = list(paced(text, lambda clause: hash(clause.text) % 61 < ready))
    assert spoken_of("".join(piece.text for piece in pieces)) == spoken_of(text)
    assert all(1 <= piece.syllables <= LONGEST for piece in pieces)


@settings(deadline=None)
@given(TEXT)
def test_clauses_speak_and_are_never_too_long(text: str) -> None:
    for clause in clauses(text):
        assert 1 <= clause.syllables <= LONGEST
    for sentence in sentences(text):
        assert len(parts(sentence)) >= len(clauses(sentence)) or len(sentence) > LONGEST


@settings(deadline=None)
@given(TEXT, TEXT)
def test_a_sentence_is_cut_the_same_wherever_it_stands(before: str, text: str) -> None:
    alone = clauses(f"好{text}。")
    together = clauses(f"好{before}。好{text}。")
    assert together[len(together) - len(alone) :] == alone


@settings(deadline=None)
@given(WORDS, st.integers(4, 20))
def test_a_cut_breaks_no_number(text: str, most: int) -> None:
    halves = cut(Clause(text), most)
    if halves is None:
        return
    head, rest = halves
    assert head.text + rest.text == text
    assert head.syllables
    assert rest.syllables
    for number in NUMBERS:
        for found in re.finditer(number, text):
            assert not found.start() < len(head.text) < found.end()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("好，午餐。要几份？", ["好，", "午餐。", "要几份？"]),
        ("订好了,您的单号是5723。", ["订好了，", "您的单号是五七二三。"]),
        (
            "我给您念一遍:后天,星期二,晚餐,1份。",
            ["我给您念一遍，", "后天，星期二，晚餐，一份。"],
        ),
    ],
)
def test_replies_are_cut_where_one_breathes(text: str, said: list[str]) -> None:
    assert [clause.text for clause in clauses(spoken(text))] == said


def test_pauses_are_those_that_elders_need() -> None:
    for mark in MARKS:
        assert 0.2 <= Clause(f"好{mark}").pause <= 0.35
    assert Clause("好").pause == 0.0
    assert Clause("低保、特困，").pauses_inside
    assert not Clause("特困，").pauses_inside


def test_a_new_reply_begins_with_little_and_goes_on_with_more() -> None:
    text = "银川市民政局去年在每个社区都建了一家助餐点给老人送饭，以后还要再建。"
    sizes = [piece.syllables for piece in paced(text, lambda _: False)]
    assert sizes[0] <= HEAD + 1
    assert all(size <= max(2 * sum(sizes[:n]), HEAD) + 3 for n, size in enumerate(sizes) if n)
    assert [piece.text for piece in paced(text, lambda _: True)] == [c.text for c in clauses(text)]
    assert max(sizes) <= max(BREATH, len(text))
