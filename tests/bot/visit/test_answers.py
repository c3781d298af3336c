"""How old people answer: many phrasings, said shortly, at length, and with a no in them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.visit.heard import tells
from care.language.normalise import normalise
from care.visits.findings import Findings
from tests.bot.visit.said import CHATTER, EVERY, NOT, SAID, VISITOR


def heard(question: str, text: str, *, again: bool = False) -> dict[str, str]:
    """Findings by question."""
    known = VISITOR.script.question(question)
    assert known is not None
    means = known.meaning(again=again)
    return dict(VISITOR.ears.read(normalise(text), question, means).findings)


@pytest.mark.parametrize(("question", "finding", "text"), EVERY)
def test_an_answer_is_understood(question: str, finding: str, text: str) -> None:
    assert heard(question, text).get(question) == finding


@pytest.mark.parametrize(
    ("question", "finding", "text"),
    [
        (question, finding, text)
        for (question, finding), texts in NOT.items()
        for text in texts.split("|")
    ],
)
def test_a_no_is_not_heard_as_a_yes(question: str, finding: str, text: str) -> None:
    assert heard(question, text).get(question) != finding


@settings(deadline=None)  # the scanner's moves are built when they are first met
@given(st.sampled_from(EVERY), st.sampled_from(CHATTER))
def test_chatter_before_an_answer_does_not_hide_what_is_wrong(
    said: tuple[str, str, str], chatter: str
) -> None:
    question, finding, text = said
    good = VISITOR.findings.find(question, finding)
    found = heard(question, chatter + text).get(question)
    assert good is not None
    if not good.good:
        assert found == finding
    else:
        assert found in (finding, None) or VISITOR.findings.find(question, found or "") == good


@settings(deadline=None)  # the scanner's moves are built when they are first met
@given(st.sampled_from(EVERY), st.sampled_from(sorted({question for question, _ in SAID})))
def test_what_tells_by_itself_tells_whatever_was_asked(
    said: tuple[str, str, str], asked: str
) -> None:
    text = said[2]
    by_itself = VISITOR.ears.read(normalise(text), "opening", {}).findings
    assert {k: v for k, v in heard(asked, text).items() if k != asked} == {
        k: v for k, v in by_itself.items() if k != asked
    }


@settings(deadline=None)  # the scanner's moves are built when they are first met
@given(st.text(max_size=400))
def test_anything_may_be_said(text: str) -> None:
    for question in VISITOR.script.questions:
        for found, finding in heard(question.id, text).items():
            assert VISITOR.findings.find(found, finding) is not None


def test_after_the_second_wording_a_no_is_good_news() -> None:
    assert heard("wellbeing", "没有", again=True) == {"wellbeing": "well"}
    assert heard("wellbeing", "有", again=True) == {"wellbeing": "unwell"}


def test_every_finding_that_worries_can_be_heard() -> None:
    findings = Findings.load()
    reached = set(SAID)
    assert set(tells(findings).values()) == reached
