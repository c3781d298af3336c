"""The data files: a bad one names itself, its line and what is wrong."""

import shutil
from pathlib import Path

import pytest

from bot.emergency.detector import Detector
from bot.emergency.emergency import CATEGORIES, Emergency
from bot.emergency.follow_up import Script
from bot.emergency.pattern import PatternError, parse
from bot.emergency.rules import load_rules
from bot.emergency.scanner import Scanner
from bot.emergency.script import REMARKS, load_lines
from bot.emergency.sound import fold, sounds_of
from care.data_files import DataFileError
from care.language.sound import syllables
from tests.bot.emergency.loaded import FOLDER, detector


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(FOLDER, tmp_path / "emergency")


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("rules/lost.yml", "severity: 2", "severity: 4", "severity"),
        ("rules/lost.yml", "category: lost", "category: loss", "category"),
        ("rules/fall.yml", "graver_with: [grave]", "graver_with: [gravest]", "gravest"),
        ("rules/fire.yml", "words:\n    - ", "words:\n    - (着火", "never closed"),
        ("rules/fire.yml", "sounds: [", "sounds: [~火, ", "gap"),
        ("contexts.yml", "ends: [now, self]", "ends: [nobody]", "nobody"),
        ("contexts.yml", "side: before", "side: above", "side"),
        ("groups.yml", "- id: self", "- id: Self", "id"),
    ],
)
def test_bad_rules_name_file_and_line(
    folder: Path, file: str, old: str, new: str, problem: str
) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataFileError, match=problem) as caught:
        Detector.load(folder)
    assert caught.value.path.name == Path(file).name
    assert str(caught.value).startswith(f"{Path(file).name}:{caught.value.line}: ")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("- 好,记下了。", "- 好。记下了。说吧。", "sentences"),
        (
            "- 好,记下了。",
            "- " + "好,记下了," * 10,
            "characters",
        ),
        ("  - id: calm", "  - id: calmer", "calm"),
        ("questions: [place, moving", "questions: [place, dancing", "dancing"),
        ("  - id: seizure", "  - id: seizures", "id"),
    ],
)
def test_bad_words_name_the_problem(folder: Path, old: str, new: str, problem: str) -> None:
    path = folder / "prompts.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataFileError, match=problem):
        Script.load(folder, detector())


def test_every_category_has_rules_and_words() -> None:
    rules, _, _ = load_rules(FOLDER)
    lines = load_lines(FOLDER / "prompts.yml")
    assert {rule.category for rule in rules} == set(CATEGORIES)
    assert set(lines.categories) == set(CATEGORIES)
    assert set(REMARKS) <= set(lines.says)


@pytest.mark.parametrize("phrase", ["", "a?", "(甲", "甲)", "?", "~甲", "甲~", "(甲|)", "甲(乙|~)"])
def test_unreadable_phrases(phrase: str) -> None:
    with pytest.raises(PatternError):
        parse(phrase)


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("摔倒", "我摔倒了", ["摔倒"]),
        ("摔(倒|了)?吧", "摔吧摔倒吧摔了吧", ["摔吧", "摔倒吧", "摔了吧"]),
        ("胸~疼", "胸口那里疼", ["胸口那里疼"]),
        ("胸~疼", "胸口那里边疼", []),
        ("胸~疼", "胸口不疼", []),
        ("胸~疼", "胸口,疼", []),
        ("胸-疼", "胸口疼胸口里疼", ["胸口疼"]),
        ("甲乙|丙丁", "丙丁甲乙", ["丙丁", "甲乙"]),
    ],
)
def test_phrases(phrase: str, text: str, found: list[str]) -> None:
    scanner = Scanner()
    scanner.add("x", [phrase])
    assert [text[mark.start : mark.end] for mark in scanner.scan(text)] == found


def test_phrases_by_sound() -> None:
    scanner = Scanner()
    scanner.add("x", ["胸口疼"], "sound")
    assert len(scanner.scan("凶扣腾")) == 1
    assert scanner.scan("胸口闷") == []


def test_every_reading_of_a_character_counts() -> None:
    assert {"lv", "suai"} <= set(sounds_of("率")) | {"lv"}
    assert "suai" in sounds_of("率")
    assert sounds_of("a") == sounds_of("🆘") == ()


@pytest.mark.parametrize("text", ["摔倒", "胸口疼", "着火", "煤气", "晕倒", "救命"])
def test_characters_sound_as_they_do_in_the_rest_of_the_project(text: str) -> None:
    for character, syllable in zip(text, syllables(text), strict=True):
        assert fold(syllable) == syllable
        assert syllable in sounds_of(character)


def test_an_alarm_from_the_database_becomes_an_emergency_again() -> None:
    assert Emergency.of_alarm("fire", 1).category == "fire"
    assert Emergency.of_alarm("something else", 7) == Emergency("help", 3, "", False, ())
    assert Emergency.unspecified("要").severity == 1
