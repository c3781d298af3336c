"""The lexicon and the tables: what is wrong with a file is said, with its line."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from care.data_files import DATA, DataFileError
from voice.spoken.ipa import ipa
from voice.spoken.phonemes import phonemes
from voice.spoken.pronunciation import load_pronunciation, pronunciation
from voice.spoken.tables import load_tables

_GOOD = """words:
  - 苏木 su1 mu4
places:
  - 阿盟 a1 meng2
neutral:
  - 清楚
surnames:
  - {surname: 单, pinyin: shan4}
"""


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pronunciation.yml"
    path.write_text(_GOOD, "utf-8")
    known = load_pronunciation(path)
    assert [syllable.pinyin for syllable in known.words["苏木"]] == ["su1", "mu4"]
    assert known.neutral == {"清楚"}
    assert known.surnames["单"].syllables[0].tone == 4


@pytest.mark.parametrize(
    ("good", "bad", "line", "problem"),
    [
        ("su1 mu4", "su1 mu9", 2, "'mu9' is no syllable"),
        ("su1 mu4", "su1 muu4", 2, "'muu4' is no syllable"),
        ("su1 mu4", "su1", 2, "needs 2 syllables"),
        ("苏木 su1 mu4", "sumu su1 mu4", 2, "'sumu' is no word"),
        ("阿盟 a1 meng2", "苏木 su1 mu4", 4, "'苏木' occurs twice"),
        ("- 清楚", "- 苏木", 6, "has a reading already"),
        ("pinyin: shan4", "pinyin: dan", 8, "'dan' is no syllable"),
        ("surname: 单, ", "", 8, "Field required"),
        ("places:", "places: 3\nother:", 1, "expected a list under 'places'"),
        ("- 清楚", "- [清楚", 7, "not valid YAML"),
    ],
)
def test_a_bad_file_names_its_line(
    tmp_path: Path, good: str, bad: str, line: int, problem: str
) -> None:
    path = tmp_path / "pronunciation.yml"
    assert good in _GOOD
    path.write_text(_GOOD.replace(good, bad, 1), "utf-8")
    with pytest.raises(DataFileError) as raised:
        load_pronunciation(path)
    assert raised.value.line == line
    assert problem in str(raised.value)


@pytest.mark.parametrize(
    ("name", "good", "bad", "problem"),
    [
        (
            "spoken_latin.yml",
            "written: A, said: 诶",
            "written: A, said: A",
            "only Chinese characters",
        ),
        ("spoken_latin.yml", "  - {written: A, said: 诶}\n", "", "A has no name"),
        ("spoken_units.yml", "written: km,", "written: m,", "'m' occurs twice"),
        ("spoken_erhua.yml", "said: 这里", "said: 这里边", "no longer word"),
    ],
)
def test_a_bad_table_is_refused(
    tmp_path: Path, name: str, good: str, bad: str, problem: str
) -> None:
    for path in (DATA / "speech").glob("spoken_*.yml"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
    text = (tmp_path / name).read_text("utf-8")
    assert good in text
    (tmp_path / name).write_text(text.replace(good, bad, 1), "utf-8")
    with pytest.raises(DataFileError, match=problem):
        load_tables(tmp_path)


def test_every_word_of_the_lexicon_is_read_as_it_says_or_by_sandhi() -> None:
    for word, reading in pronunciation().words.items():
        if len(word) > 1:
            tones = [syllable.tone for syllable in reading]
            if not any((a, b) == (3, 3) for a, b in pairwise(tones)) and not (
                {"一", "不"} & set(word)
            ):
                sounds = phonemes(word).replace(" ", "")
                assert sounds == "".join(ipa(syllable.pinyin) for syllable in reading), word


def test_threads_agree() -> None:
    texts = [f"每月{number}元，您的单号是{number}。" for number in range(1000, 1040)]
    alone = [phonemes(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(phonemes, texts)) == alone


def test_nothing_is_logged_and_no_cache_is_written(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from voice.spoken.phonemes import phonemes; phonemes('您好')"],
        capture_output=True,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        cwd=DATA.parent,
        check=True,
        timeout=120,
    )
    assert done.stdout == ""
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []
