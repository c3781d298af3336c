"""Delays are of what was committed while all pages were open; what never came is missing."""

from benchmarks.desk.measuring import Watched, _asked, _said
from benchmarks.desk.talking import Happened
from benchmarks.desk.watching import Screen


def test_of_a_page_only_the_first_showing_counts_and_also_in_pieces() -> None:
    screen = Screen(talk=7)
    screen.shows(b'<li id="caller-3"> <div id="said-41" class="by">')
    first = dict(screen.asked)
    screen.shows(b'id="caller-3" id="said-4" idle="said-9"')
    assert screen.asked == first
    assert set(screen.said) == {41, 4}
    assert screen.octets == 48 + 39


def test_delays_are_of_the_window_and_of_the_open_conversation() -> None:
    quick, slow = Screen(talk=7), Screen(talk=8)
    quick.asked, slow.asked = {1: 10.1, 2: 11.2}, {1: 10.4}
    quick.said, slow.said = {5: 9.9, 6: 12.0}, {}
    happened = Happened(
        said={4: (7, 8.0), 5: (7, 10.0), 6: (7, 11.5), 7: (8, 11.0), 8: (9, 11.0), 9: (7, 20.0)},
        asked={1: 10.0, 2: 11.0, 3: 30.0},
    )
    watched = Watched([quick, slow], since=9.0, until=20.0)
    asked = [delay and round(delay) for delay in _asked(happened, watched)]
    assert asked == [100, 400, 200, None]
    assert [delay and round(delay) for delay in _said(happened, watched)] == [0.0, 500, None]
