"""What is sent to Asterisk, on a clock that the test moves."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.line.sounds import babble
from voice.line.asterisk.feed import AHEAD, FRAME, SILENT, Feed, Flush
from voice.line.leg import Pcm16

RATE = 8000


class Asterisk:
    """Plays what it is sent: a frame every 20 ms."""

    def __init__(self, feed: Feed) -> None:
        self.feed, self.now = feed, 0.0
        self.waiting: list[int] = []
        self.played: list[int] = []

    def look(self) -> None:
        """Takes what is due."""
        for due in self.feed.due(self.now):
            if isinstance(due, Flush):
                self.waiting.clear()
            else:
                assert len(due) % 160 == 0
                self.waiting += due.tolist()

    def run(self, seconds: float, step: float = 0.06) -> None:
        """Time goes on, with a look every `step`."""
        until = self.now + seconds
        while self.now < until - 1e-9:
            self.look()
            self.now += step
            count = round(step * RATE)
            heard, self.waiting = self.waiting[:count], self.waiting[count:]
            self.played += heard + [0] * (count - len(heard))

    @property
    def heard(self) -> Pcm16:
        """By the caller."""
        return np.array(self.played, np.int16)


def test_speech_is_heard_whole_and_without_gaps() -> None:
    pbx = Asterisk(Feed(RATE))
    said = babble(1.0, 1)
    pbx.run(0.3)
    pbx.feed.put(said)
    pbx.run(1.5)
    begin = int(np.flatnonzero(pbx.heard)[0])
    assert np.array_equal(pbx.heard[begin : begin + len(said)], said)


def test_speech_does_not_wait_for_the_silence_before_it() -> None:
    pbx = Asterisk(Feed(RATE))
    pbx.run(0.3)
    pbx.look()
    assert len(pbx.waiting) > 160
    pbx.feed.put(babble(0.5, 2))
    pbx.look()
    assert pbx.waiting[0] != 0


def test_silence_is_sent_where_nothing_is_said() -> None:
    pbx = Asterisk(Feed(RATE))
    for _ in range(50):
        pbx.look()
        assert 0 < len(pbx.waiting) <= round((SILENT + FRAME) * RATE)
        pbx.run(0.06)


def test_never_far_ahead() -> None:
    pbx = Asterisk(Feed(RATE))
    pbx.feed.put(babble(10.0, 3))
    for _ in range(50):
        pbx.look()
        assert len(pbx.waiting) <= round((AHEAD + FRAME) * RATE)
        pbx.run(0.06)


def test_flush_counts_what_asterisk_has() -> None:
    pbx = Asterisk(Feed(RATE))
    pbx.feed.put(babble(5.0, 4))
    pbx.run(0.6)
    assert abs(pbx.feed.queued(pbx.now) - 4.4) < FRAME
    lost = pbx.feed.flush(pbx.now)
    assert abs(lost - 4.4) < FRAME
    assert pbx.feed.queued(pbx.now) == 0
    before = len(pbx.heard)
    pbx.run(0.6)
    assert not pbx.heard[before:].any()


def test_what_is_said_after_a_flush_is_heard() -> None:
    pbx = Asterisk(Feed(RATE))
    pbx.feed.put(babble(5.0, 5))
    pbx.run(0.6)
    pbx.feed.flush(pbx.now)
    said = babble(0.4, 6)
    pbx.feed.put(said)
    before = len(pbx.heard)
    pbx.run(0.6)
    assert np.array_equal(pbx.heard[before : before + len(said)], said)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.integers(1, 900), min_size=1, max_size=12),
    st.lists(st.sampled_from([0.02, 0.04, 0.06, 0.1]), min_size=1, max_size=8),
)
def test_nothing_is_lost_however_it_is_cut(pieces: list[int], steps: list[float]) -> None:
    """Speech that comes faster than it is said: it is heard once, in order."""
    pbx = Asterisk(Feed(RATE))
    said = (np.arange(sum(pieces)) % 30_000 + 1).astype(np.int16)
    for number, piece in enumerate(np.split(said, np.cumsum(pieces)[:-1])):
        pbx.feed.put(piece)
        pbx.run(steps[number % len(steps)], steps[number % len(steps)])
    pbx.run(len(said) / RATE + 1)
    assert pbx.heard[pbx.heard != 0].tolist() == said.tolist()
