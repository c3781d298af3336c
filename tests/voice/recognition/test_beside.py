import numpy as np

from tests.voice.recognition.scripted import Scripted, transcript
from voice.recognition.beside import Beside
from voice.recognition.transcript import Partial

SECOND = np.zeros(8_000, np.float32)


def test_alone_it_is_the_open_recogniser() -> None:
    ears = Beside(Scripted([Partial("我"), None], [transcript("我 要 订饭")]), rate=8_000)
    assert ears.accept(SECOND) == Partial("我")
    assert ears.accept(SECOND) is None
    assert ears.finish().text == "我要订饭"


def test_the_narrowed_one_spells_what_both_heard() -> None:
    ears = Beside(
        Scripted([None, None, transcript("妻 八 酒 零 幺 三")], [transcript("好 的")]), rate=8_000
    )
    ears.accept(SECOND)
    ears.narrow(Scripted([transcript("七 八 九"), None], [transcript("零 幺 三")]))
    ears.accept(SECOND)
    heard = ears.accept(SECOND)
    assert heard is not None
    assert heard.text == "七八九零幺三"
    ears.narrow(None)
    assert ears.finish().text == "好的"


def test_times_are_those_of_the_call() -> None:
    ears = Beside(Scripted([], [transcript("妻 八")]), rate=8_000)
    ears.accept(SECOND)
    ears.accept(SECOND)
    ears.narrow(Scripted([], [transcript("七 八")]))
    assert ears.finish().words[0].start == 2.0
