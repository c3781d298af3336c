import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from care.data_files import DATA
from care.language.lexicon import load_common, load_list, load_texts
from care.language.mend import Mender
from care.language.sound import syllables

LEXICON = DATA / "lexicon"
DIGITS = "0123456789零〇一二两三四五六七八九十百千万幺"


@pytest.fixture(scope="module")
def mender() -> Mender:
    heard = LEXICON / "heard.yml"
    common = load_common(LEXICON / "common_words.txt")
    return Mender(load_list(heard, "words"), load_texts(heard, "after_number"), common)


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("候天", "后天"),
        ("名天下午", "明天下午"),
        ("下里拜三", "下礼拜三"),
        ("二十五浩", "二十五号"),
        ("八十三碎", "八十三岁"),
        ("三号漏", "三号楼"),
        ("东关效区", "东关小区"),
        ("丁单", "订单"),
    ],
)
def test_homophones_are_put_right(mender: Mender, heard: str, meant: str) -> None:
    assert mender.mend(heard, syllables(heard)) == meant


@pytest.mark.parametrize(
    "text",
    [
        "我八十三了",
        "我不识字",
        "四同部是啥",
        "我把订好的取消",
        "碎了一地",
        "往上走",
        "好多了",
        "后天",
    ],
)
def test_what_was_heard_right_stays(mender: Mender, text: str) -> None:
    assert mender.mend(text, syllables(text)) == text


@given(st.text(alphabet="今明后侯天田里拜礼三八四爸把岁碎号楼漏小效区去一是不", max_size=20))
@example("礼拜是")
def test_length_and_digits_never_change(mender: Mender, text: str) -> None:
    mended = mender.mend(text, syllables(text))
    assert len(mended) == len(text)
    for before, after in zip(text, mended, strict=True):
        assert (before in DIGITS) == (after in DIGITS)
