"""Written text, its spoken form and its sound, by hand."""

from pathlib import Path

import pytest

from care.data_files import read_yaml
from voice.spoken.form import spoken
from voice.spoken.ipa import ipa
from voice.spoken.phonemes import phonemes, pinyins

CASES = read_yaml(Path(__file__).with_name("cases.yml"))
ALL = [
    pytest.param(case[0], case[-2], case[-1], id=f"{category}: {case[0]}")
    for category, cases in CASES.items()
    for case in cases
]


def test_there_are_enough() -> None:
    assert len(ALL) >= 300
    assert len({case.values[0] for case in ALL}) >= 300


@pytest.mark.parametrize(("written", "said", "sound"), ALL)
def test_spoken_form(written: str, said: str, sound: str) -> None:
    assert spoken(written) == said
    assert spoken(said) == said


@pytest.mark.parametrize(("written", "said", "sound"), ALL)
def test_phonemes(written: str, said: str, sound: str) -> None:
    assert " ".join(syllable.pinyin for syllable in pinyins(written)) == sound
    heard = "".join(sign for sign in phonemes(written) if sign not in " ,.?!")
    assert heard == "".join(ipa(pinyin) for pinyin in sound.split())


def test_words_stand_apart_and_pauses_are_kept() -> None:
    assert phonemes("好的，再见。在吗？") == (
        f"{ipa('hao3')} {ipa('de5')}, {ipa('zai4')}{ipa('jian4')}. {ipa('zai4')} {ipa('ma5')}?"
    )
