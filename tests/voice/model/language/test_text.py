import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.data_files import DATA, DataFileError
from voice.model.language.domain_text import read_domain, sentences
from voice.model.language.patterns import Names, Patterns
from voice.model.language.segmentation import Segmenter
from voice.model.language.vocabulary import chances, choose

NAMES = DATA / "lexicon" / "names.yml"
PATTERNS = DATA / "speech" / "zh-compact" / "lm" / "patterns.yml"


def test_lines_become_what_is_spoken() -> None:
    assert list(sentences("我83岁,能领多少?谢谢")) == ["我八十三岁能领多少", "谢谢"]


def test_the_domain_has_utterances_without_annotations() -> None:
    domain = read_domain(DATA)
    assert len(domain.utterances) > 13_000
    assert "我想约个保洁" in domain.utterances
    assert {"阿拉善左旗", "塔木素苏木", "纳林高勒社区"} <= set(domain.places)
    assert "高龄津贴" in domain.terms
    assert all("\u4e00" <= sign <= "\u9fff" for text in domain.utterances for sign in text)


def test_the_likeliest_cut_is_taken() -> None:
    segmenter = Segmenter({"高龄": -5, "津贴": -6, "高龄津贴": -8, "我": -2, "的": -2})
    assert segmenter.cut("我的高龄津贴，津贴") == ["我", "的", "高龄津贴", "津贴"]


@given(st.text(alphabet="我的高龄津贴某"))
def test_cutting_loses_nothing(text: str) -> None:
    segmenter = Segmenter({"高龄": -5, "津贴": -6, "我": -2})
    assert "".join(segmenter.cut(text)) == text


def test_numbers_are_cut_into_digits_and_traditional_characters_are_left_out() -> None:
    general = {"三十": -1.0, "我们": -2.0, "貴": -3.0, "三": -4.0, "桌子": -5.0}
    words = choose(general, ["长者食堂"], ["喆"], 3)
    assert words[:4] == ["我们", "三", "桌子", "长者食堂"]
    assert "喆" in words
    assert not {"三十", "貴"} & set(words)


def test_a_term_is_cut_as_one_word() -> None:
    found = chances(["我", "驼绒花巷"], {"我": -2.0, "他": -20.0})
    assert Segmenter(found).cut("我驼绒花巷") == ["我", "驼绒花巷"]


@pytest.fixture(scope="module")
def patterns() -> Patterns:
    return Patterns(PATTERNS, places=("阿拉善左旗",), names=Names(NAMES))


def test_the_same_seed_makes_the_same_sentences(patterns: Patterns) -> None:
    assert patterns.make(200, 5) == patterns.make(200, 5) != patterns.make(200, 6)


def test_sentences_are_chinese_and_every_hole_is_filled(patterns: Patterns) -> None:
    made = "".join(patterns.make(3000))
    assert all("\u4e00" <= sign <= "\u9fff" for sign in made)
    assert "二份" not in made


def test_names_come_with_every_part() -> None:
    names, chance = Names(NAMES), random.Random(1)  # noqa: S311 - the tests' own
    assert {len(names.make("name", chance)) for _ in range(300)} >= {2, 3, 4}


def test_an_unknown_hole_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "patterns.yml"
    path.write_text("patterns:\n  - {id: a, share: 1, say: ['{nothing}']}\n", "utf-8")
    with pytest.raises(DataFileError, match="nothing"):
        Patterns(path, places=(), names=Names(NAMES))
