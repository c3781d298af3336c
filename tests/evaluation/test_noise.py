import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from evaluation.noise import KEPT, TYPICAL, Rates, corrupt
from evaluation.utterances import load_utterances

TEXTS = [utterance.text for utterance in load_utterances()]
unhurried = settings(deadline=None, max_examples=60)  # the first call loads the tables
texts = st.sampled_from(TEXTS)
seeds = st.integers(0, 10_000)
_NOT_SAID = re.compile(r"[^\w]|_")


def heard(text: str, seed: int, rates: Rates = Rates()) -> str:  # noqa: B008 - immutable
    return corrupt(text, random.Random(seed), rates)  # noqa: S311 - a simulation


def sounds(character: str) -> set[str]:
    """All toneless readings of a character."""
    return set(pinyin(character, heteronym=True, style=Style.NORMAL)[0])


def kept(text: str) -> str:
    return "".join(sign for sign in text if sign in KEPT)


@unhurried
@given(texts, seeds)
def test_same_seed_same_result(text: str, seed: int) -> None:
    assert heard(text, seed) == heard(text, seed)


@unhurried
@given(texts, seeds)
def test_digits_spoken_digits_and_negations_stay(text: str, seed: int) -> None:
    assert kept(heard(text, seed)) == kept(text)


@unhurried
@given(st.text(alphabet="零一二三四五六七八九幺两0123456789 ,。电话是单号", max_size=40), seeds)
def test_numbers_survive_any_wording(text: str, seed: int) -> None:
    assert kept(heard(text, seed)) == kept(text)


@unhurried
@given(texts, seeds)
def test_at_most_one_syllable_in_eight_is_lost_and_none_is_added(text: str, seed: int) -> None:
    spoken = len(_NOT_SAID.sub("", text))
    written = len(heard(text, seed).replace(" ", ""))
    assert spoken - spoken // 8 <= written <= spoken


@unhurried
@given(texts, seeds)
def test_no_punctuation_and_single_blanks(text: str, seed: int) -> None:
    written = heard(text, seed)
    assert re.fullmatch(r"\w+(?: \w+)*", written)


@unhurried
@given(texts, seeds)
def test_homophones_keep_the_sound(text: str, seed: int) -> None:
    rates = Rates(homophone=0.5, merged=0.0, typical=0.0, dropped=0.0)
    spoken = _NOT_SAID.sub("", text)
    written = heard(text, seed, rates).replace(" ", "")
    assert len(written) == len(spoken)
    for said, heard_as in zip(spoken, written, strict=True):
        assert said == heard_as or sounds(said) & sounds(heard_as), (said, heard_as)


def test_a_perfect_recogniser_only_drops_punctuation() -> None:
    perfect = Rates(homophone=0, merged=0, typical=0, dropped=0)
    assert heard("喂,我摔倒了!", 1, perfect).replace(" ", "") == "喂我摔倒了"


def test_typical_mistakes_happen() -> None:
    always = Rates(homophone=0, merged=0, typical=1, dropped=0)
    for word, mistakes in TYPICAL.items():
        assert heard(word, 3, always).replace(" ", "") in mistakes


def test_about_one_character_in_ten_changes() -> None:
    rates = Rates(dropped=0.0)
    changed = total = 0
    for seed, text in enumerate(TEXTS):
        spoken = _NOT_SAID.sub("", text)
        written = heard(text, seed, rates).replace(" ", "")
        total += len(spoken)
        changed += sum(a != b for a, b in zip(spoken, written, strict=True))
    assert 0.06 < changed / total < 0.15, changed / total
