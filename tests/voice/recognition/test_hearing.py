import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.data_files import DATA
from care.language.extractor import Extractor
from care.language.normalise import normalise
from evaluation.noise import corrupt
from evaluation.utterances import Utterance, load_utterances
from tests.bot.emergency.loaded import detector
from tests.bot.emergency.table import whole_table
from voice.recognition.hearing import Hearing
from voice.recognition.numbers import in_figures
from voice.recognition.transcript import Transcript

NUMERALS = frozenset("0123456789零〇一二两三四五六七八九十百千万幺")


def heard(hearing: Hearing, text: str) -> str:
    return hearing.understand(Transcript(text, confidence=0.9)).text


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("高岭津贴 怎么 领", "高龄津贴怎么领"),
        ("我在审阳和平区", "我在沈阳和平区"),
        ("养老服污补贴给多少", "养老服务补贴给多少"),
        ("约个陪枕", "约个陪诊"),
        ("适老化改早怎么申请", "适老化改造怎么申请"),
        ("送到三号楼二单元五零一", "送到3号楼2单元501"),
        ("我在巴烟号特", "我在巴彦浩特"),
        ("去民正局办", "去民政局办"),
    ],
)
def test_understood(hearing: Hearing, said: str, text: str) -> None:
    assert heard(hearing, said) == text


def test_a_mend_tells_what_it_did(hearing: Hearing) -> None:
    understood = hearing.understand(Transcript("我八十三岁高岭津贴多少", confidence=0.8))
    assert understood.text == "我83岁高龄津贴多少"
    assert understood.confidence == 0.8
    (mend,) = understood.mended
    assert (mend.heard, mend.meant) == ("高岭津贴", "高龄津贴")
    assert 0.5 < mend.score < 1
    assert understood.text[mend.start :].startswith(mend.meant)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "嗯",
        "嗯那个我想问一下",
        "你要注意身体",
        "能评估吗",
        "今天天气不错",
        "我自己租房子住",
        "喘不上气",
        "八十岁以上津贴",
        "一天一百块",
        "hello",
    ],
)
def test_left_alone(hearing: Hearing, said: str) -> None:
    assert heard(hearing, said) == said


def test_a_long_story_is_not_worked_on(hearing: Hearing) -> None:
    story = "高岭津贴" * 100
    assert heard(hearing, story) == story


@settings(deadline=None)  # the first call loads dictionaries
@given(st.text(alphabet="高龄岭津贴帖银川创护理互里补养老服务污我的在八三十零岁号楼", max_size=16))
def test_hearing_again_changes_nothing(hearing: Hearing, said: str) -> None:
    once = heard(hearing, said)
    assert heard(hearing, once) == once


@settings(deadline=None)  # the first call loads dictionaries
@given(st.text(alphabet="高岭津帖银创互里补养老服污一二三四百零没不", max_size=16))
def test_mends_touch_no_number_and_no_denial(hearing: Hearing, said: str) -> None:
    for mend in hearing.understand(Transcript(said)).mended:
        certain = [
            [s for s in word if s in NUMERALS or s in "没不"] for word in (mend.heard, mend.meant)
        ]
        assert certain[0] == certain[1]


@settings(deadline=None)  # the first call loads dictionaries
@given(st.text(alphabet="花鸟虫鱼山水草木", max_size=12))
def test_without_sounds_of_the_domain_nothing_changes(hearing: Hearing, said: str) -> None:
    assert heard(hearing, said) == normalise(said)


def named(extractor: Extractor, text: str) -> set[tuple[str, str]]:
    return {(entity.kind, in_figures(entity.value)) for entity in extractor.extract(text)}


def said_by(utterance: Utterance, noisy: bool) -> str:
    text = normalise(utterance.text).replace(",", "").replace("。", "").replace("?", "")
    if not noisy:
        return text
    rng = random.Random(utterance.text)  # noqa: S311 - a simulation, no secret
    return corrupt(text, rng).replace(" ", "")


@pytest.mark.parametrize("noisy", [False, True])
def test_what_is_named_is_never_lost(hearing: Hearing, noisy: bool) -> None:
    extractor = Extractor.load(DATA)
    lost = []
    for utterance in load_utterances():
        said = said_by(utterance, noisy)
        wanted = {(entity.kind, in_figures(entity.value)) for entity in utterance.entities}
        before, after = (wanted & named(extractor, text) for text in (said, heard(hearing, said)))
        if not before <= after:
            lost.append((said, before - after))
    assert lost == []


def test_emergencies_are_heard_as_before(hearing: Hearing) -> None:
    changed = []
    for case in whole_table():
        said = normalise(case.text).replace(",", "").replace("。", "")
        before, after = detector().detect(said), detector().detect(heard(hearing, said))
        if (before and before.category) != (after and after.category):
            changed.append(said)
    assert changed == []
