"""The picture of a call: the axis, the lanes, and that nothing covers anything."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from care.data_files import DATA
from hotline.calls_lane import Item, draw_lane
from hotline.calls_picture import best_scale, clock, draw
from hotline.calls_words import Lane, load_call_words

WORDS = load_call_words(DATA)


def _lane(*items: Item, begin: int = 0, width: int = 40, scale: float = 0.1) -> list[str]:
    return [line.plain for line in draw_lane(list(items), begin, scale, width)]


def _picture(lanes: dict[Lane, list[Item]], seconds: float, width: int = 46) -> list[str]:
    out = Console(file=io.StringIO(), width=width)
    out.print(draw(lanes, seconds, WORDS, width, 0.1))
    assert isinstance(out.file, io.StringIO)
    return [line.rstrip() for line in out.file.getvalue().splitlines()]


def test_speech_is_as_long_as_it_took_and_holds_its_words() -> None:
    assert _lane(Item(1.0, 1.2, "我要人工", "")) == ["          ├我要人工──┤"]


def test_words_that_do_not_fit_are_cut_at_a_whole_sign() -> None:
    assert _lane(Item(0.0, 0.7, "我要人工", "")) == ["├我要─┤"]
    assert _lane(Item(0.0, 0.1, "好", "")) == ["│"]


def test_what_crosses_the_edge_goes_on_in_the_next_strip() -> None:
    long = Item(3.5, 1.5, "我想订明天的午饭", "")
    assert _lane(long) == [" " * 35 + "├我想"]
    assert _lane(long, begin=40) == ["订明天的─┤"]


def test_a_moment_is_a_mark_that_stays_inside() -> None:
    assert _lane(Item(1.0, 0.0, "1 报警", "")) == ["          ▲1 报警"]
    [line] = _lane(Item(3.8, 0.0, "1 报警", ""))
    assert line.endswith("1 报警▲")
    assert cell_len(line) == 39
    assert _lane(Item(4.0, 0.0, "1 报警", "")) == [""]


def test_what_would_cover_something_goes_to_a_line_of_its_own() -> None:
    moments = [Item(1.0, 0.0, "1 判定说完", ""), Item(1.1, 0.0, "2 报警", "")]
    assert _lane(*moments) == ["          ▲1 判定说完", "           ▲2 报警"]


def test_turns_that_follow_at_once_stay_in_one_line() -> None:
    assert _lane(Item(0.0, 0.6, "好", ""), Item(0.6, 0.6, "对", "")) == ["├好──┤├对──┤"]


def test_lanes_lie_under_the_axis() -> None:
    lanes: dict[Lane, list[Item]] = {
        "elder": [Item(1.0, 1.0, "喂", "")],
        "operator": [Item(3.0, 1.0, "您好", "")],
    }
    assert _picture(lanes, 4.0) == [
        "     ┬0:00─────┬0:01─────┬0:02─────┬0:03─────",
        "老人           ├喂──────┤",
        "助手",
        "坐席                               ├您好────┤",
        "决定",
        "",
    ]


def test_a_longer_call_has_more_strips() -> None:
    lines = _picture({"elder": [Item(5.0, 1.0, "喂", "")]}, 6.0)
    assert [line for line in lines if "┬" in line] == [
        "     ┬0:00─────┬0:01─────┬0:02─────┬0:03─────┬",
        "     ─────────┬0:05─────",
    ]
    assert len(lines) == 12


@pytest.mark.parametrize(
    ("seconds", "scale"), [(5, 0.1), (54, 0.1), (55, 0.2), (600, 2.0), (3_600, 10.0), (9e5, 60.0)]
)
def test_the_scale_suits_the_length(seconds: float, scale: float) -> None:
    assert best_scale(seconds, 90) == scale


@pytest.mark.parametrize(
    ("seconds", "digits", "told"),
    [(0, 0, "0:00"), (65.4, 0, "1:05"), (65.44, 1, "1:05.4"), (59.96, 1, "1:00.0"),
     (9.5, 2, "0:09.50"), (3_600, 0, "60:00"), (-1, 0, "0:00")],
)  # fmt: skip
def test_the_clock(seconds: float, digits: int, told: str) -> None:
    assert clock(seconds, digits) == told


ITEMS = st.builds(
    Item,
    start=st.floats(0, 30),
    seconds=st.just(0.0) | st.floats(0.01, 30),
    label=st.text("我a要1人─┤", max_size=12),
    style=st.just(""),
)


@settings(deadline=None)
@given(st.lists(ITEMS, max_size=12), st.sampled_from([0.1, 0.5, 1.0]), st.integers(20, 60))
def test_no_line_is_wider_than_its_strip_and_every_moment_is_drawn(
    items: list[Item], scale: float, width: int
) -> None:
    marks = 0
    for begin in range(0, round(31 / scale), width):
        lines = _lane(*items, begin=begin, width=width, scale=scale)
        assert all(cell_len(line) <= width for line in lines)
        marks += sum(line.count("▲") for line in lines)
    assert marks == sum(1 for item in items if not item.seconds)
