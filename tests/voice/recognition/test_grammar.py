from pathlib import Path

import pytest

from care.data_files import DATA, DataFileError, read_yaml
from voice.recognition import grammar
from voice.recognition.vosk_model import SpeechModel

OPEN = {
    "place", "person_name", "change_to", "categories",
    "skip_days", "for_whom", "at_home", "complaint",
}  # fmt: skip
"""Slots whose answers can't be foreseen."""

FORMS = read_yaml(DATA.parent / "bot" / "domain" / "forms.yml")["forms"]
ASKED = {slot for form in FORMS.values() for slot in form["required_slots"]}


def test_every_question_is_either_narrowed_or_left_open_on_purpose() -> None:
    assert grammar.slots() | OPEN == ASKED
    assert not grammar.slots() & OPEN
    assert all(grammar.for_slot(slot) is None for slot in OPEN)


@pytest.mark.parametrize(
    ("slot", "phrases"),
    [
        ("phone", {"幺", "零", "洞", "两个"}),
        ("confirmed", {"好的", "不要", "人工"}),
        ("on_date", {"明天", "三十一号", "腊月", "十二月", "三天以后"}),
        ("at_time", {"十一点半", "晌午", "一刻"}),
        ("age", {"八十三岁", "一百零五岁"}),
        ("region", {"额济纳旗", "阿左旗"}),
        ("diet", {"少盐", "清真"}),
    ],
)
def test_answers_are_in_it(slot: str, phrases: set[str]) -> None:
    found = grammar.for_slot(slot)
    assert found is not None
    assert phrases <= set(found.phrases)


def test_named_grammars() -> None:
    for make in (grammar.digits, grammar.yes_no, grammar.dates, grammar.times, grammar.ages):
        assert make().phrases


@pytest.mark.parametrize("slot", sorted(grammar.slots()))
def test_the_model_knows_the_words(slot: str, model: SpeechModel) -> None:
    wanted = grammar.for_slot(slot)
    assert wanted is not None
    fitted = wanted.fit(model.words)
    assert len(fitted.missing) * 8 <= len(wanted.phrases), fitted.missing


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("grammars: [{id: a, phrases: [好]}]\nslots: [{slot: b, grammar: c}]", "no grammar 'c'"),
        ("grammars: [{id: a, phrases: []}]\nslots: []", "phrases"),
        ("grammars: [{id: a, phrases: [好], lexicon: [moon]}]\nslots: []", "unknown kind moon"),
        (
            "grammars: [{id: a, phrases: [好], numbers: [{from: 3, to: 1, after: [号]}]}]\n"
            "slots: []",
            "holds no number",
        ),
    ],
)
def test_a_bad_file_names_its_problem(content: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "lexicon").symlink_to(DATA / "lexicon")
    (tmp_path / "regions.yml").symlink_to(DATA / "regions.yml")
    (tmp_path / "speech").mkdir()
    (tmp_path / "speech" / "hearing_grammars.yml").write_text(content, "utf-8")
    with pytest.raises(DataFileError, match=problem):
        grammar.for_slot("phone", tmp_path)
