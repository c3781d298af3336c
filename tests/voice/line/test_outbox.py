"""Samples in, the same samples out."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.line.outbox import Outbox


@settings(deadline=None)
@given(st.lists(st.integers(0, 500), max_size=10), st.lists(st.integers(0, 700), max_size=20))
def test_comes_out_in_order(put: list[int], taken: list[int]) -> None:
    box, said = Outbox(), np.arange(sum(put), dtype=np.int16)
    for piece in np.split(said, np.cumsum(put)[:-1]) if put else []:
        box.put(piece)
    out = np.concatenate([np.empty(0, np.int16), *(box.take(count) for count in taken)])
    assert np.array_equal(out, said[: sum(taken)])
    assert len(box) == len(said) - len(out)
    assert box.clear() == len(said) - len(out)
    assert len(box) == len(box.take(5)) == 0


def test_the_array_may_be_used_again() -> None:
    box, samples = Outbox(), np.ones(4, np.int16)
    box.put(samples)
    samples[:] = 7
    assert box.take(4).tolist() == [1, 1, 1, 1]
