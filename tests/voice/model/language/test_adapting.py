"""Adapting, end to end on a model of a few words, with OpenFst's real commands."""

import shutil
from pathlib import Path

import pytest

from care.data_files import DATA
from voice.model.language import lookahead
from voice.model.language.adapting import (
    LONGEST_LINE,
    MOST_LINES,
    AdaptationError,
    CityText,
    adapt,
    is_name,
    read_city_text,
)
from voice.model.language.fst_error import OpenFstError
from voice.model.language.lookahead import plugin_folder
from voice.model.language.ngrams import END, START
from voice.model.language.smoothing import estimate
from voice.model.language.store import read_model, write_model

LM = DATA / "speech" / "zh-compact" / "lm"
WORDS = (START, END, *"我住在家的送到号楼一二三四五六七八九十是找妈这边门口对面")
LINES = ["我住在家", "送到家", "我的家在五号楼", "找我妈"]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A compact model of thirty words; its acoustic part is never opened here."""
    folder = tmp_path / "small"
    for name in ("am", "conf", "lm"):
        (folder / name).mkdir(parents=True)
    (folder / "am" / "final.mdl").write_bytes(b"sounds")
    (folder / "conf" / "model.conf").write_text("--beam=13\n")
    for name in ("readings.yml", "frames.yml"):
        shutil.copy(LM / name, folder / "lm")
    number = {word: place for place, word in enumerate(WORDS)}
    sentences = [[number[sign] for sign in line] for line in LINES]
    write_model(estimate(WORDS, sentences), folder / "lm" / "ngrams.xz")
    return folder


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding)
    return path


def test_a_name_becomes_a_word_that_follows_what_people_say(model: Path, tmp_path: Path) -> None:
    city = read_city_text(write(tmp_path / "city.txt", "驼绒花巷\n\n# 街道\n我家在驼绒花巷8号。\n"))
    steps: list[str] = []
    change = adapt(city, model, tmp_path / "out" / "city", steps.append)
    assert steps == ["read", "mix", "lexicon", "grammar", "save"]
    assert "驼绒花巷" in change.new_words
    made = tmp_path / "out" / "city"
    words = (made / "graph" / "words.txt").read_text("utf-8").split()[::2]
    assert {"驼绒花巷", "我", "<eps>", "#0", "<s>", "</s>"} <= set(words)
    assert (made / "am" / "final.mdl").read_bytes() == b"sounds"
    for name in ("HCLr.fst", "Gr.fst", "disambig_tid.int"):
        assert (made / "graph" / name).stat().st_size > 0
    again = read_model(made / "lm" / "ngrams.xz")
    assert again.number["驼绒花巷"] >= len(WORDS)
    assert [path.name for path in made.parent.iterdir()] == ["city"]


def test_an_adapted_model_can_be_adapted_again(model: Path, tmp_path: Path) -> None:
    adapt(CityText(("驼绒花巷",), 0), model, tmp_path / "one")
    change = adapt(CityText(("沙枣林苑",), 0), tmp_path / "one", tmp_path / "two")
    assert "沙枣林苑" in change.new_words
    words = (tmp_path / "two" / "graph" / "words.txt").read_text("utf-8")
    assert "驼绒花巷" in words


def test_a_failure_leaves_nothing_behind(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookahead, "TOOLS", ("fst-that-is-not-there",))
    with pytest.raises(OpenFstError, match=r"fst-that-is-not-there is missing.*libfst-tools"):
        adapt(CityText(("驼绒花巷",), 0), model, tmp_path / "out" / "city")
    assert list((tmp_path / "out").iterdir()) == []


def test_the_plugins_are_found_where_debian_puts_them() -> None:
    assert (plugin_folder() / "olabel_lookahead-fst.so").is_file()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("驼绒花巷", True),
        ("我要订饭", False),
        ("胡杨里小区", True),
        ("巷", False),
        ("送到家", False),
    ],
)
def test_short_lines_without_small_words_are_names(line: str, name: bool) -> None:
    assert is_name(line) is name


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no Chinese text"),
        ("# nothing\n", "no Chinese text"),
        ("巷\n" * (MOST_LINES + 1), f"more than {MOST_LINES}"),
        ("好\n" + "巷" * (LONGEST_LINE + 1), "line 2 has more than"),
        ("巷" * (2 * 2**20), "larger than 4 MB"),
    ],
)
def test_a_text_that_cannot_be_used_says_why(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(AdaptationError, match=sentence):
        read_city_text(write(tmp_path / "city.txt", text))


def test_another_encoding_is_named(tmp_path: Path) -> None:
    with pytest.raises(AdaptationError, match="not UTF-8"):
        read_city_text(write(tmp_path / "city.txt", "驼绒花巷", "gbk"))


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(AdaptationError, match="does not exist"):
        read_city_text(tmp_path / "none.txt")
    with pytest.raises(AdaptationError, match="can't be read"):
        read_city_text(tmp_path)


def test_lines_without_chinese_are_counted(tmp_path: Path) -> None:
    city = read_city_text(write(tmp_path / "city.txt", "驼绒花巷\n……\n驼绒花巷\n"))
    assert city == CityText(("驼绒花巷",), 1)


def test_an_official_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cn" / "am").mkdir(parents=True)
    with pytest.raises(AdaptationError, match=r"adapting-speech\.md"):
        adapt(CityText(("驼绒花巷",), 0), tmp_path / "cn", tmp_path / "out")


def test_nothing_is_overwritten(model: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(AdaptationError, match="exists already"):
        adapt(CityText(("驼绒花巷",), 0), model, tmp_path / "out")
    with pytest.raises(AdaptationError, match="inside the model"):
        adapt(CityText(("驼绒花巷",), 0), model, model / "graph" / "city")


def test_a_damaged_model_says_so(model: Path, tmp_path: Path) -> None:
    (model / "lm" / "ngrams.xz").write_bytes(b"no")
    with pytest.raises(AdaptationError, match="damaged"):
        adapt(CityText(("驼绒花巷",), 0), model, tmp_path / "out")
