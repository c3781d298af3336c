from pathlib import Path

import pytest

from bot.emergency.script import load_lines
from care.data_files import DATA, DataFileError, read_yaml
from care.entitlements.profile import FACTS
from voice.recognition import grammar
from voice.turn.expectation import Expectation, known_slots

FORMS = read_yaml(DATA.parent / "bot" / "domain" / "forms.yml")["forms"]
ASKED = {slot for form in FORMS.values() for slot in form["required_slots"]}


def test_every_slot_that_a_form_asks_for_is_there() -> None:
    assert known_slots() >= ASKED
    assert known_slots() >= set(FACTS), "the entitlement form asks for facts by these names"


def test_every_question_of_an_alarm_is_there() -> None:
    lines = load_lines(DATA / "emergency" / "prompts.yml")
    assert known_slots() >= set(lines.questions)
    assert known_slots() >= {question.fact for question in lines.questions.values()}


def test_no_other_slot_is_there() -> None:
    lines = load_lines(DATA / "emergency" / "prompts.yml")
    alarms = {*lines.questions, *(question.fact for question in lines.questions.values())}
    assert known_slots() - alarms - ASKED - set(FACTS) == {"offer", "order_ref", "judgement"}


def test_it_agrees_with_the_grammars_that_ears_are_narrowed_to() -> None:
    for slot in grammar.slots():
        narrowed = grammar.for_slot(slot) in {grammar.digits()}
        numbers = {Expectation.DIGITS, Expectation.REFERENCE}
        assert (Expectation.of_slot(slot) in numbers) is narrowed
        is_yes_no = grammar.for_slot(slot) == grammar.yes_no()
        assert (Expectation.of_slot(slot) is Expectation.YES_NO) is is_yes_no


@pytest.mark.parametrize(
    ("slot", "expectation"),
    [
        (None, Expectation.ANYTHING),
        ("", Expectation.ANYTHING),
        ("never_heard_of", Expectation.ANYTHING),
        ("confirmed", Expectation.YES_NO),
        ("phone", Expectation.DIGITS),
        ("order_ref_asked", Expectation.REFERENCE),
        ("place", Expectation.ADDRESS),
        ("person_name", Expectation.NAME),
        ("age", Expectation.AMOUNT),
        ("categories", Expectation.LIST),
    ],
)
def test_slots(slot: str | None, expectation: Expectation) -> None:
    assert Expectation.of_slot(slot) is expectation


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("- {expects: moon, slots: [a]}", "expects"),
        ("- {expects: date, slots: [a]}\n- {expects: time, slots: [a]}", "'a' stands there twice"),
    ],
)
def test_a_bad_file_names_its_problem(content: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "turn").mkdir()
    (tmp_path / "turn" / "expectations.yml").write_text(content, "utf-8")
    with pytest.raises(DataFileError, match=problem):
        Expectation.of_slot("a", tmp_path)
