"""The test sets hold what they promise, and nothing of them is training data."""

import re
from pathlib import Path

import pytest

from care.data_files import DATA, DataFileError
from evaluation.speech.plan import babblers, groups
from evaluation.speech.sets import domain, everyday, numbers, round_trips
from evaluation.speech.speakers import NAMES
from evaluation.speech.written import characters
from evaluation.utterances import BLIND, load_utterances

_SIGN = re.compile(r"[^\w]|_")


def _bare(text: str) -> str:
    return _SIGN.sub("", text)


def test_sizes() -> None:
    assert (len(domain()), len(everyday()), len(round_trips())) == (100, 40, 60)
    assert len(numbers()) >= 20
    assert all(8 <= len(characters(one.text)) <= 20 for one in everyday())


def test_the_domain_is_drawn_from_the_blind_set() -> None:
    blind = {utterance.text for utterance in load_utterances(BLIND)}
    assert {one.text for one in domain()} <= blind


def test_no_sentence_of_a_round_trip_is_training_data() -> None:
    trained = {
        _bare(line.strip().removeprefix("- "))
        for path in (DATA / "nlu").rglob("*.yml")
        for line in path.read_text("utf-8").splitlines()
    }
    assert len(trained) > 1000
    assert [one.text for one in round_trips() if _bare(one.text) in trained] == []


def test_nobody_says_a_sentence_twice_in_one_row() -> None:
    for group in groups():
        assert len(set(group.utterances)) == len(group.utterances), group.name


def test_every_speaker_says_the_same_sentences_once() -> None:
    rows = [group for group in groups() if group.name.startswith("by ")]
    assert [{one.speaker for one in row.utterances} for row in rows] == [{name} for name in NAMES]
    assert len({tuple(one.text for one in row.utterances) for row in rows}) == 1
    assert len(rows[0].utterances) == 24


def test_the_babble_says_nothing_of_the_domain() -> None:
    assert not {one.text for one in babblers()} & {one.text for one in domain()}


def test_a_bad_set_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "numbers.yml").write_text(
        "- {text: 八三五六, kind: digits}\n- {text: 七, kind: age}\n"
    )
    with pytest.raises(DataFileError, match=r"numbers\.yml:2"):
        numbers(tmp_path)
