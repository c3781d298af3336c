from pathlib import Path

import pytest

from care.data_files import DATA, DataFileError
from voice.model.language.pronunciation import Readings, pronounce, read_readings

FILE = DATA / "speech" / "zh-compact" / "lm" / "readings.yml"
ACCENTS = "accents:\n  price: 2\n  swaps: [[zh, z], [n, l]]\n"


@pytest.fixture(scope="module")
def readings() -> Readings:
    return read_readings(FILE)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("谁", {("sh", "ei"), ("sh", "ui")}),
        ("这个", {("zh", "e", "g", "e"), ("zh", "ei", "g", "e")}),
        ("血压", {("x", "ve", "ia"), ("x", "ie", "ia")}),
        ("幺", {("iao",)}),
        ("女", {("n", "v")}),
        ("大夫", {("d", "ai", "f", "u"), ("d", "a", "f", "u")}),
        ("银行", {("in", "h", "ang")}),
    ],
)
def test_readings(readings: Readings, word: str, expected: set[tuple[str, ...]]) -> None:
    assert set(pronounce(word, readings)) == expected


def test_what_is_no_mandarin_has_no_reading(readings: Readings) -> None:
    assert pronounce("ABC", readings) == {}


def test_accents_are_further_readings_at_a_price(tmp_path: Path) -> None:
    path = tmp_path / "readings.yml"
    path.write_text("words: {}\n" + ACCENTS, "utf-8")
    found = pronounce("这里", read_readings(path), accents=True)
    assert found == {
        ("zh", "e", "l", "i"): 0,
        ("z", "e", "l", "i"): 2,
        ("zh", "e", "n", "i"): 2,
        ("z", "e", "n", "i"): 2,
    }


def test_the_vowel_follows_its_initial(tmp_path: Path) -> None:
    path = tmp_path / "readings.yml"
    path.write_text("words: {}\n" + ACCENTS, "utf-8")
    assert ("z", "iz") in pronounce("知", read_readings(path), accents=True)


@pytest.mark.parametrize("reading", ["xyz", "hao hao"])
def test_a_wrong_reading_names_its_line(tmp_path: Path, reading: str) -> None:
    path = tmp_path / "readings.yml"
    path.write_text(f"words:\n  你: [ni]\n  好: [{reading}]\n" + ACCENTS, "utf-8")
    with pytest.raises(DataFileError, match=r"readings\.yml:3: .*no reading of 好"):
        read_readings(path)
