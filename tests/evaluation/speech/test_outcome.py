"""Answers are the same when they mean the same."""

import pytest

from evaluation.chat import Answer, Flags, Reply
from evaluation.speech.outcome import name_of, outcome


def _answer(*texts: str, emergency: bool = False, cites: tuple[str, ...] = ()) -> Answer:
    replies = [Reply(text=text, cites=list(cites)) for text in texts]
    return Answer(replies=replies, flags=Flags(emergency=emergency, handover=False))


def test_variants_of_one_reply_have_one_name() -> None:
    assert name_of("您别客气。还有什么要问的？") == name_of("不客气，应该的。您还有别的事吗？")
    assert name_of("您要几份？") != name_of("不客气，应该的。您还有别的事吗？")


def test_an_alarm_shows_its_category() -> None:
    fall = name_of("先别急着起来，哪儿疼就别动哪儿。")
    chest = name_of("您坐下或半靠着，别走动，别使劲。")
    assert "fall" in fall
    assert "chest_pain" in chest


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("记下了，王桂兰。", "好，王贵兰。", True),
        ("记下了，王桂兰。", "记下了，李桂兰。", False),
        ("记下了，午餐。要几份？", "好，午餐。要几份？", True),
        ("记下了，午餐。要几份？", "好，晚餐。要几份？", False),
        ("您的单号是多少？四个数字。", "您的单号是多少？四个数字。", True),
        ("银川有91个。", "银川有92个。", False),
    ],
)
def test_what_is_filled_in_counts_by_its_sound(one: str, other: str, same: bool) -> None:
    assert (name_of(one) == name_of(other)) is same


def test_flags_and_cites_count() -> None:
    calm = outcome(_answer("银川有91个。", cites=("card:a",)))
    assert calm == outcome(_answer("银川有91个。", cites=("card:a",)))
    assert calm != outcome(_answer("银川有91个。", cites=("card:b",)))
    assert calm != outcome(_answer("银川有91个。", cites=("card:a",), emergency=True))
