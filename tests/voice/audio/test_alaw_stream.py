"""The way out to the telephone: joins that can't be heard, and little work."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.audio.sounds import babble, strength, tone
from voice.audio.alaw_stream import AlawStream, to_alaw
from voice.audio.g711 import Codes, alaw_decode
from voice.audio.pcm import Samples, from_int16

SPEECH = babble(1.0, 24000)


def _pushed(samples: Samples, cuts: list[int], quick: bool) -> Codes:
    stream = AlawStream(24000, quick=quick)
    pieces = np.split(samples, sorted(cuts))
    codes = [stream.push(piece) for piece in pieces[:-1]]
    return np.concatenate([*codes, stream.push(pieces[-1], last=True)])


@settings(deadline=None)  # other work on the machine may hold it up
@given(st.lists(st.integers(0, len(SPEECH)), max_size=12), st.booleans())
def test_chunks_give_the_codes_of_the_whole(cuts: list[int], quick: bool) -> None:
    one, many = (from_int16(alaw_decode(_pushed(SPEECH, each, quick))) for each in ([], cuts))
    # A sample on a decision value may fall to either side: one interval is 3 % of the sample.
    np.testing.assert_allclose(many, one, rtol=0.07, atol=1e-3)


def test_a_second_is_8000_codes_and_keeps_its_tone() -> None:
    codes = to_alaw(tone(1.0, 24000, 1000), 24000)
    assert len(codes) == 8000
    heard = from_int16(alaw_decode(codes))
    assert abs(strength(heard, 8000, 1000) - 0.3) < 0.005


def test_too_loud_saturates_and_does_not_turn_over() -> None:
    heard = alaw_decode(to_alaw(np.full(24000, 1.5, dtype=np.float32), 24000))
    assert heard[1000:-1000].min() > 32000


@pytest.mark.parametrize("quick", [False, True])
def test_a_second_of_speech_takes_under_a_millisecond(quick: bool) -> None:
    def spent() -> float:
        stream = AlawStream(24000, quick=quick)
        begin = time.thread_time()
        for start in range(0, 24000, 2400):
            stream.push(SPEECH[start : start + 2400], last=start == 21600)
        return time.thread_time() - begin

    # The processor time of this thread, the least of many: what others do doesn't count.
    assert min(spent() for _ in range(30)) < 0.001
