"""A question is reduced to what it asks."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.data_files import DataFileError
from care.knowledge.query import Reducer
from care.knowledge.words import load_words

REDUCER = Reducer(load_words())


def reduced(text: str) -> str:
    return REDUCER.reduce(REDUCER.without_chatter(text))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("喂你好我想问一下啊那个助餐点呢", "助餐点"),
        ("哎,同志,麻烦你,养老管家吧", "养老管家"),
        ("请问 能力评估 的 标准", "能力评估标准"),
        ("申请要什么", "申请要什么"),
        ("额济纳旗", "额济纳旗"),
        ("好帮手家政", "好帮手家政"),
    ],
)
def test_chatter_goes_and_the_question_stays(said: str, meant: str) -> None:
    assert REDUCER.without_chatter(said) == meant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("老饭桌有几个", "助餐点有多少个"),
        ("敬老院咋收费", "养老院怎么收费"),
        ("四千五百张床", "4500张床"),
        ("八十岁以上", "80岁以上"),
        ("老犯桌有几个", "老饭桌有几个"),
        ("长期护理保险", "长护险"),
    ],
)
def test_one_word_for_one_thing(one: str, other: str) -> None:
    assert reduced(one) == reduced(other)


@given(st.text(max_size=60))
def test_any_text_can_be_reduced(text: str) -> None:
    spoken = REDUCER.without_chatter(text)
    assert len(spoken) <= len(text) * 18  # NFKC may spell one sign out, never invent more
    assert isinstance(REDUCER.reduce(spoken), str)


def test_a_word_may_mean_one_thing_only(tmp_path: Path) -> None:
    path = tmp_path / "words.yml"
    head = "chatter: [你好]\nedges: []\nparticles: [啊]\nsynonyms:\n"
    path.write_text(head + "  甲: [丙]\n  乙: [丙]\n", "utf-8")
    with pytest.raises(DataFileError, match=r"'丙'.*stands twice"):
        load_words(path)
