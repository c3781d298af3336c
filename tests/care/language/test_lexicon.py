"""The data files of the lexicon: complete, consistent, and strict about mistakes."""

from pathlib import Path

import pytest

from care.catalogue.service import Catalogue
from care.data_files import DATA
from care.language.lexicon import (
    EXACT,
    GUARDED,
    KINDS,
    SAID,
    Word,
    load_common,
    load_list,
    load_texts,
    load_words,
)
from care.language.plain_file import PlainFileError

VALUES = {
    "benefit": "高龄津贴 护理补贴 养老服务补贴 居家上门服务 能力评估 家庭医生 适老化改造 培训补贴 "
    "低保 特困供养 养老金 长护险 临时救助 残疾人两项补贴 机构运营补贴 建设补贴",
    "meal": "早餐 午餐 晚餐",
    "diet": "软食 低糖 少盐 清真 素食 无忌口 不辣",
    "category": "低保 低保边缘 特困 分散供养特困 计生特殊家庭 孤寡 独居 空巢 留守 贫困 农牧民进城",
    "ability": "失能 半失能 重度失能 失智 残疾 自理",
    "residence": "rural urban",
    "pension": "none has",
    "hukou": "local nonlocal",
}
REGIONS = "- {name: 甲市, level: city, aliases: [甲]}\n"


@pytest.fixture(scope="module")
def words() -> list[Word]:
    return load_words(DATA)


@pytest.mark.parametrize("kind", VALUES)
def test_canonical_values_are_all_there_and_no_others(words: list[Word], kind: str) -> None:
    assert {word.value for word in words if word.kind == kind} == set(VALUES[kind].split())


def test_services_are_those_of_the_catalogue(words: list[Word]) -> None:
    known = {word.value for word in words if word.kind in ("service", "meal")}
    assert known == set(Catalogue.load(DATA).services)


def test_every_kind_has_words(words: list[Word]) -> None:
    assert {word.kind for word in words} == set(KINDS)


def test_every_province_and_many_cities_are_known(words: list[Word]) -> None:
    regions = {word.value for word in words if word.kind == "region"}
    assert {"北京市", "香港特别行政区", "台湾省", "西安市", "酒泉市", "呼和浩特市"} <= regions
    assert len(regions) > 380


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        ("kind: food\nterms: []", 1, "kind: expected one of"),
        ("kind: meal\nterms: []", 1, "terms: expected a list"),
        ("kind: meal\nterms:\n  - {said: [甲]}", 3, "value: expected text"),
        ("kind: meal\nterms:\n  - {value: 甲, said: 乙}", 3, "said: expected a list"),
        ("kind: meal\nterms:\n  - {value: 甲, sayd: [乙]}", 3, "sayd: unknown field"),
        ("kind: meal\nterms:\n  - {value: 甲}\n  - {value: 乙, said: [甲]}", 4, "occurs twice"),
        ("kind: meal\nby_sound: 1\nterms:\n  - {value: 甲}", 1, "by_sound: expected true"),
        ("kind: region\nterms:\n  - {value: 乙, said: [甲]}", 3, "occurs twice"),
        ("kind: meal\nterms: [", 2, "not valid YAML"),
    ],
)
def test_a_bad_file_names_its_line(tmp_path: Path, content: str, line: int, problem: str) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "regions.yml").write_text(REGIONS, "utf-8")
    (tmp_path / "lexicon" / "words.yml").write_text(content, "utf-8")
    with pytest.raises(PlainFileError) as caught:
        load_words(tmp_path)
    assert str(caught.value).startswith(f"words.yml:{line}: ")
    assert problem in str(caught.value)


def test_modes_follow_the_file(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "regions.yml").write_text(REGIONS, "utf-8")
    (tmp_path / "lexicon" / "a.yml").write_text(
        "kind: meal\nterms:\n  - {value: 乙餐, said: [丙餐], exact: [丁], guarded: [戊]}", "utf-8"
    )
    (tmp_path / "lexicon" / "b.yml").write_text(
        "kind: diet\nby_sound: false\nterms:\n  - {value: 己食, said: [庚食]}", "utf-8"
    )
    modes = {word.text: word.mode for word in load_words(tmp_path)}
    assert modes == {
        "甲市": SAID,
        "甲": SAID,
        "乙餐": SAID,
        "丙餐": SAID,
        "丁": EXACT,
        "戊": GUARDED,
        "己食": EXACT,
        "庚食": EXACT,
    }


def test_lists_that_are_missing_are_named(tmp_path: Path) -> None:
    path = tmp_path / "lists.yml"
    path.write_text("words: [甲]\ntexts: {甲: 1}\n", "utf-8")
    assert load_list(path, "words") == ("甲",)
    with pytest.raises(PlainFileError, match="under 'names'"):
        load_list(path, "names")
    with pytest.raises(PlainFileError, match="texts: expected a mapping of texts"):
        load_texts(path, "texts")
    with pytest.raises(PlainFileError, match=r"common\.txt:1: the file is missing"):
        load_common(tmp_path / "common.txt")
