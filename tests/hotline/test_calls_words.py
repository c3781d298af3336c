"""The words of `hotline calls`: complete, and a bad file is named with its line."""

from pathlib import Path

import pytest
from rich.style import Style

from care.calls.kind import Consent, Direction, Kind
from care.calls.sentences import Sentences, sentence
from care.data_files import DATA, DataFileError
from hotline.calls_words import LANES, load_call_words
from voice.line.leg import Ended, Failed


def test_every_word_that_is_looked_up_is_there() -> None:
    words = load_call_words(DATA)
    assert tuple(words.lanes) == LANES
    assert set(Kind) <= set(words.kinds)
    assert set(words.consents) == set(Consent)
    assert set(words.directions) == set(Direction)
    assert {*Ended, *Failed, "crashed"} <= set(words.endings)
    assert set(words.speakers) == {"elder", "assistant", "operator"}


def test_every_style_can_be_drawn() -> None:
    words = load_call_words(DATA)
    assert all(Style.parse(words.style(kind)) for kind in words.kinds)


def test_an_unknown_kind_is_a_decision_by_its_own_name() -> None:
    look = load_call_words(DATA).look("something_new")
    assert (look.lane, look.label) == ("decisions", "something_new")


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "timeline.yml",
            "lane: elder, label: 听见",
            "lane: nobody, label: 听见",
            "kinds.heard.lane",
        ),
        ("timeline.yml", "words:", "word:", "words"),
        ("sentences.yml", "{name}", "{path}", "unknown placeholder {path}"),
        ("sentences.yml", "no_calls", "no_call_at_all", "no_call"),
    ],
)
def test_a_bad_file_names_itself(
    tmp_path: Path, file: str, old: str, new: str, problem: str
) -> None:
    (tmp_path / "call_records").mkdir()
    content = (DATA / "call_records" / file).read_text("utf-8")
    assert old in content
    (tmp_path / "call_records" / file).write_text(content.replace(old, new), "utf-8")
    load = load_call_words if file == "timeline.yml" else Sentences.load
    with pytest.raises(DataFileError) as raised:
        load(tmp_path)
    assert str(raised.value).startswith(f"{file}:")
    assert problem in str(raised.value)


def test_every_sentence_can_be_said() -> None:
    details = dict.fromkeys(
        ["path", "line", "name", "id", "ref", "day", "seconds", "files", "calls", "days"], "7"
    )
    for kind in Sentences.model_fields:
        assert "{" not in sentence(kind, **details)
