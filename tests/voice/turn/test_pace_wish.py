import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.data_files import DATA
from voice.turn.pace_wish import Wish, pace_wish

_EXAMPLE = re.compile(r"^\s+- (?!intent:)(.+)$", re.MULTILINE)


def examples(path: Path) -> list[str]:
    return _EXAMPLE.findall(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("慢一点", Wish.SLOWER),
        ("你说慢点儿,我记一下", Wish.SLOWER),
        ("姑娘你说得太快了", Wish.SLOWER),
        ("慢慢说", Wish.SLOWER),
        ("太快了听不清再说一遍", Wish.SLOWER),
        ("大声一点", Wish.LOUDER),
        ("听不见", Wish.LOUDER),
        ("我耳朵背你大点声", Wish.LOUDER),
        ("声音太小了", Wish.LOUDER),
        ("小声一点", Wish.SOFTER),
        ("声音太大了震耳朵", Wish.SOFTER),
        ("快一点", Wish.FASTER),
        ("你说快一点", Wish.FASTER),
        ("说得太慢了", Wish.FASTER),
        ("再说一遍", Wish.REPEAT),
        ("没听清", Wish.REPEAT),
        ("你说啥", Wish.REPEAT),
        ("啊?", Wish.REPEAT),
        ("麻烦你重说一遍", Wish.REPEAT),
    ],
)
def test_wishes(text: str, wish: Wish) -> None:
    assert pace_wish(text) is wish


@pytest.mark.parametrize(
    "text",
    [
        "",
        "饭送快一点",
        "我走路慢",
        "快点来人",
        "你能不能快点",
        "我订的饭怎么这么慢",
        "隔壁声音太大了我睡不着觉",
        "再要一份",
        "再订一回",
        "慢性病",
        "听不见的人有没有补贴",
        "我妈耳朵聋了能领残疾补贴吗",
        "你咋听不懂呢",
        "什么时候发钱",
        "好",
        "说说低保的事",
    ],
)
def test_other_things(text: str) -> None:
    assert pace_wish(text) is None


@pytest.mark.parametrize(("name", "least"), [("repeat", 0.78), ("speak_slowly", 0.85)])
def test_most_of_what_the_dialogue_knows_as_such(name: str, least: float) -> None:
    said = examples(DATA / "nlu" / "social" / f"{name}.yml")
    assert sum(pace_wish(text) is not None for text in said) / len(said) >= least


def test_hardly_anything_of_what_it_knows_as_something_else() -> None:
    paths = sorted((DATA / "nlu").rglob("*.yml"))
    others = [path for path in paths if path.stem not in {"repeat", "speak_slowly"}]
    said = [text for path in others for text in examples(path)][::5]
    assert sum(pace_wish(text) is not None for text in said) <= 3


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_quickly(text: str) -> None:
    assert pace_wish(text) is None or len(re.sub(r"[\W_]", "", text)) <= 40


def test_long_texts_of_such_words_end_too() -> None:
    assert pace_wish("再说一遍" * 9) is Wish.REPEAT
    assert pace_wish("再说一遍" * 500) is None
