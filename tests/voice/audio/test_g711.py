"""G.711 against its Recommendation and against ffmpeg."""

import subprocess

import numpy as np
import pytest

from voice.audio.g711 import Codes, Int16, alaw_decode, alaw_encode, ulaw_decode, ulaw_encode

EVERY_VALUE = np.arange(-32768, 32768).astype(np.int16)
EVERY_CODE = np.arange(256).astype(np.uint8)
LAWS = {"alaw": (alaw_encode, alaw_decode), "mulaw": (ulaw_encode, ulaw_decode)}


def _alaw(value: int) -> int:
    """One value by its bits: three of segment, four of step, as the ITU's G.191 tools do it."""
    magnitude = (~value if value < 0 else value) >> 4
    segment = max(0, magnitude.bit_length() - 4)
    step = (magnitude >> max(0, segment - 1)) & 15
    return ((0 if value < 0 else 0x80) | segment << 4 | step) ^ 0x55


def _ulaw(value: int) -> int:
    magnitude = min(((~value if value < 0 else value) >> 2) + 33, 0x1FFF)
    segment = magnitude.bit_length() - 6
    step = (magnitude >> (segment + 1)) & 15
    return (0 if value < 0 else 0x80) | (0x7F - (segment << 4 | step))


def test_all_inputs_get_the_code_of_the_recommendation() -> None:
    assert alaw_encode(EVERY_VALUE).tolist() == [_alaw(value) for value in range(-32768, 32768)]
    assert ulaw_encode(EVERY_VALUE).tolist() == [_ulaw(value) for value in range(-32768, 32768)]


@pytest.mark.parametrize(
    ("code", "value"), [(0xD5, 8), (0x55, -8), (0xAA, 32256), (0x2A, -32256), (0x80, 5504)]
)
def test_rows_of_table_1(code: int, value: int) -> None:
    assert alaw_decode(np.array([code], dtype=np.uint8)).tolist() == [value]
    assert alaw_encode(np.array([value], dtype=np.int16)).tolist() == [code]


@pytest.mark.parametrize(
    ("code", "value"), [(0xFF, 0), (0xFE, 8), (0x7E, -8), (0x80, 32124), (0x00, -32124)]
)
def test_rows_of_table_2(code: int, value: int) -> None:
    assert ulaw_decode(np.array([code], dtype=np.uint8)).tolist() == [value]
    assert ulaw_encode(np.array([value], dtype=np.int16)).tolist() == [code]


@pytest.mark.parametrize("law", LAWS)
def test_ffmpeg_hears_the_same(law: str) -> None:
    heard = _ffmpeg(EVERY_CODE.tobytes(), law, "s16le")
    assert LAWS[law][1](EVERY_CODE).tolist() == np.frombuffer(heard, dtype="<i2").tolist()


@pytest.mark.parametrize("law", LAWS)
def test_ffmpeg_says_the_same_or_a_neighbour(law: str) -> None:
    # ffmpeg rounds to the nearest output, not at the decision values: at the borders of the
    # segments, and for some negative values, it takes the next code.
    encode, _decode = LAWS[law]
    said = np.frombuffer(_ffmpeg(EVERY_VALUE.tobytes(), "s16le", law), dtype=np.uint8)
    apart = np.abs(_interval(encode(EVERY_VALUE), law) - _interval(said, law))
    assert apart.max() <= 1
    assert np.count_nonzero(apart) < 0.015 * len(EVERY_VALUE)


@pytest.mark.parametrize("law", LAWS)
def test_a_second_passage_changes_nothing(law: str) -> None:
    encode, decode = LAWS[law]
    once: Int16 = decode(encode(EVERY_VALUE))
    assert np.array_equal(decode(encode(once)), once)


def test_a_slice_with_steps_is_coded_in_its_order() -> None:
    assert np.array_equal(alaw_encode(EVERY_VALUE[::-3]), alaw_encode(EVERY_VALUE)[::-3])


def _interval(codes: Codes, law: str) -> np.ndarray:
    plain = codes ^ (0x55 if law == "alaw" else 0x7F)
    numbers = (plain & 0x7F).astype(int)
    return np.where(plain & 0x80, numbers, -1 - numbers)


def _ffmpeg(octets: bytes, source: str, target: str) -> bytes:
    command = ["ffmpeg", "-v", "error", "-f", source, "-ar", "8000", "-i", "pipe:0"]
    ran = subprocess.run(
        [*command, "-f", target, "pipe:1"], input=octets, capture_output=True, check=True
    )
    return ran.stdout
