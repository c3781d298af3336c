"""Opus in Ogg: page by page, and readable when it breaks off."""

import numpy as np
import pytest

from care.calls.opus import RATES, NotSoundError, OpusEncoder, decode
from care.calls.tape import Pcm16
from tests.care.calls.records import tone


def _encoded(samples: Pcm16, rate: int) -> list[bytes]:
    pages: list[bytes] = []
    encoder = OpusEncoder(rate, pages.append)
    for begin in range(0, len(samples), rate // 5):
        encoder.write(samples[begin : begin + rate // 5])
    encoder.close()
    return pages


def _alike(one: Pcm16, other: Pcm16) -> float:
    return float(np.corrcoef(one, other)[0, 1])


@pytest.mark.parametrize("rate", RATES)
def test_what_was_said_comes_back(rate: int) -> None:
    sound = tone(3.0, rate)
    pages = _encoded(sound, rate)
    decoded, found = decode(b"".join(pages))
    assert (found, len(decoded)) == (rate, len(sound))
    assert _alike(decoded, sound) > 0.99
    assert sum(map(len, pages)) < 3 * 30_000 / 8 + 1_000


@pytest.mark.parametrize("rate", RATES)
def test_a_stream_that_breaks_off_lacks_no_more_than_its_last_page(rate: int) -> None:
    sound = tone(10.0, rate)
    pages = _encoded(sound, rate)
    assert len(pages) >= 9
    decoded, _ = decode(b"".join(pages[:6]))
    assert len(decoded) >= 4.9 * rate
    assert _alike(decoded[: 4 * rate], sound[: 4 * rate]) > 0.99


def test_silence_costs_little() -> None:
    assert sum(map(len, _encoded(np.zeros(80_000, np.int16), 8_000))) < 5_000


@pytest.mark.parametrize("content", [b"", b"OggS", b"nothing of the kind" * 99])
def test_other_content_is_refused(content: bytes) -> None:
    with pytest.raises(NotSoundError):
        decode(content)


@pytest.mark.parametrize("rate", [0, 11_025, 48_000])
def test_other_rates_are_refused(rate: int) -> None:
    with pytest.raises(ValueError, match="expected a rate of 8000 or 16000 Hz"):
        OpusEncoder(rate, lambda _: None)
