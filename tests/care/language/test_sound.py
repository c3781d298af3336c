import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.language.sound import sounds_like, syllables


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("高龄津贴", "高领津贴"),
        ("助餐", "住餐"),
        ("额济纳旗", "额济那旗"),
        ("沈阳", "神阳"),
        ("银川", "营川"),
        ("长期护理保险", "常期户理保险"),
        ("生病", "森病"),
        ("吃饭", "次饭"),
    ],
)
def test_homophones_sound_the_same(said: str, heard: str) -> None:
    assert sounds_like(said, heard) == 1.0


def test_far_words_sound_different() -> None:
    assert sounds_like("书阳", "沈阳") < 0.7
    assert sounds_like("吃饭", "银川") < 0.4


def test_accents_are_merged_only_on_demand() -> None:
    assert syllables("湖南") == ["hu", "nan"]
    assert syllables("湖南", merge_nl=True, merge_hf=True) == ["fu", "lan"]


def test_one_syllable_per_character() -> None:
    assert syllables("我83了ok") == ["wo", "8", "3", "le", "o", "k"]


@given(st.text())
def test_syllables_line_up_with_any_text(text: str) -> None:
    assert len(syllables(text)) == len(text)


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_is_a_share_and_symmetric(a: str, b: str) -> None:
    assert 0.0 <= sounds_like(a, b) <= 1.0
    assert sounds_like(a, b) == pytest.approx(sounds_like(b, a))
