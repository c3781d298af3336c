import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.model.acoustic import kaldi_binary as kaldi
from voice.model.acoustic.kaldi_binary import KaldiFormatError, KaldiReader

INTS = st.integers(-(2**31), 2**31 - 1)
FLOATS = st.floats(-1e6, 1e6, width=32)


@given(INTS, FLOATS, st.lists(INTS, max_size=9), st.lists(FLOATS, max_size=9))
def test_what_is_written_is_read_again(
    number: int, real: float, numbers: list[int], reals: list[float]
) -> None:
    vector = np.array(reals, np.float32)
    matrix = np.arange(6, dtype=np.float32).reshape(2, 3)
    reader = KaldiReader(
        kaldi.token("<Name>")
        + kaldi.integer(number)
        + kaldi.real(real)
        + kaldi.double(real)
        + kaldi.integers(numbers)
        + kaldi.vector(vector)
        + kaldi.matrix(matrix)
    )
    assert reader.token() == "<Name>"
    assert reader.integer() == number
    assert reader.real() == real
    assert reader.real() == real
    assert reader.integers() == numbers
    assert reader.vector().tolist() == vector.tolist()
    assert reader.matrix().tolist() == matrix.tolist()
    assert reader.place == len(reader.content)


def test_something_else_than_expected_is_named_with_its_place() -> None:
    with pytest.raises(KaldiFormatError, match="<A> expected, <B> found"):
        KaldiReader(kaldi.token("<B>")).expect("<A>")
    with pytest.raises(KaldiFormatError, match="a vector expected"):
        KaldiReader(kaldi.token("FX")).vector()
