"""Alarms in words for people."""

from pathlib import Path

import pytest

from bot.emergency.emergency import CATEGORIES
from care.alarms.course import note_of
from care.alarms.ladder import Ladder
from care.alarms.model import AlarmEvent
from care.alarms.sentences import Sentences
from care.alarms.words import Words, spell_seconds
from care.data_files import DATA, DataFileError


@pytest.mark.parametrize(
    ("seconds", "spelt"),
    [
        (-5, "0秒"),
        (30, "30秒"),
        (119.9, "119秒"),
        (180, "3分钟"),
        (3600, "1小时"),
        (4800, "1小时20分钟"),
    ],
)
def test_waiting_is_said_as_people_say_it(seconds: float, spelt: str) -> None:
    assert spell_seconds(seconds) == spelt


def test_every_category_that_the_assistant_detects_has_a_name() -> None:
    words = Words.load()
    assert [category for category in CATEGORIES if category not in words.categories] == []
    assert words.category("of another kind") == "求助"


def test_every_number_to_dial_is_for_categories_that_there_are() -> None:
    known = set(Words.load().categories)
    assert {each for number in Ladder.load().numbers for each in number.categories} <= known


@pytest.mark.parametrize("line", ["  raised: 待接\n", "  prank: 恶作剧\n"])
def test_a_missing_word_is_refused(tmp_path: Path, line: str) -> None:
    text = (DATA / "alarms" / "words.yml").read_text("utf-8")
    (tmp_path / "alarms").mkdir()
    (tmp_path / "alarms" / "words.yml").write_text(text.replace(line, "", 1), "utf-8")
    with pytest.raises(DataFileError, match="no word for"):
        Words.load(tmp_path)


def test_a_sentence_that_asks_for_what_it_does_not_get_is_refused(tmp_path: Path) -> None:
    text = (DATA / "alarms" / "sentences.yml").read_text("utf-8")
    (tmp_path / "alarms").mkdir()
    (tmp_path / "alarms" / "sentences.yml").write_text(text.replace("{by}", "{who}"), "utf-8")
    with pytest.raises(DataFileError, match=r"taken: unknown placeholder \{who\}"):
        Sentences.load(tmp_path)


@pytest.mark.parametrize(
    ("kind", "note", "shown"),
    [
        ("escalated", "desks", "等了30秒,还没有坐席接:全部坐席、值班电话"),
        ("escalated", "by_hand", "等了3分钟,还没有坐席接:全部坐席、值班电话、班长"),
        ("escalated", "a_rung_of_last_year", "a_rung_of_last_year"),
        ("told", "duty 1/2", "值班电话 1/2"),
        ("not_told", "contacts 0/0", "紧急联系人 0/0"),
        ("said", "我摔了", "我摔了"),
    ],
)
def test_codes_in_the_course_are_spelt_out(kind: str, note: str, shown: str) -> None:
    event = AlarmEvent(kind=kind, note=note)
    assert note_of(event, Ladder.load(), Words.load()) == shown
