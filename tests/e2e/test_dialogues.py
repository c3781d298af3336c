"""All evaluation dialogues, held with the whole system; no figure may come from nowhere."""

import pytest

from care.clock import system_clock
from evaluation.chat import chat_over_http
from evaluation.cited import cited_texts
from evaluation.dialogue_file import Dialogue, load_dialogues, load_phrases
from evaluation.dialogues import Result, hold

DIALOGUES = load_dialogues()


@pytest.fixture(scope="session")
def results(address: str) -> list[Result]:
    chat, phrases, cited = chat_over_http(address), load_phrases(), cited_texts()
    today = system_clock().date()

    def held(one: Dialogue) -> Result:
        return hold(one, chat, phrases=phrases, cited=cited.__getitem__, today=today)

    return [held(one) for one in DIALOGUES]


def test_there_are_at_least_eighty_with_several_turns() -> None:
    assert sum(len(one.turns) > 1 for one in DIALOGUES) >= 80


def test_every_figure_stands_in_a_cited_rule_or_card(results: list[Result]) -> None:
    assert {one.dialogue.name: one.problems for one in results if one.invented} == {}


def test_dialogues_succeed(results: list[Result]) -> None:
    failed = [result for result in results if not result.passed]
    told = "\n".join(f"{one.dialogue.name}: {one.problems}" for one in failed)
    assert len(failed) <= 0.03 * len(results), told


def test_every_emergency_dialogue_succeeds(results: list[Result]) -> None:
    failed = [one for one in results if "emergency" in one.dialogue.tags and not one.passed]
    assert [one.dialogue.name for one in failed] == []
