"""AudioSocket's frames: however they are cut, and whatever comes instead."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.line.audiosocket.frame import Frame, FrameError, FrameReader, Kind, encode

FRAMES = st.one_of(
    st.builds(Frame, st.just(int(Kind.HANG_UP)), st.just(b"")),
    st.builds(Frame, st.just(int(Kind.UUID)), st.binary(min_size=16, max_size=16)),
    st.builds(Frame, st.just(int(Kind.KEY)), st.binary(min_size=1, max_size=1)),
    st.builds(Frame, st.just(int(Kind.SOUND)), st.binary(max_size=400).map(lambda all_: all_ * 2)),
    st.builds(Frame, st.sampled_from([0x02, 0x12, 0x7F, 0xFF]), st.binary(max_size=64)),
)


@settings(deadline=None)
@given(st.lists(FRAMES, max_size=8), st.data())
def test_comes_out_as_it_went_in(frames: list[Frame], data: st.DataObject) -> None:
    octets = b"".join(map(encode, frames))
    reader, found = FrameReader(), list[Frame]()
    while octets:
        cut = data.draw(st.integers(1, len(octets)))
        found += reader.feed(octets[:cut])
        octets = octets[cut:]
    assert found == frames


@settings(deadline=None)
@given(st.lists(st.binary(max_size=200), max_size=20))
def test_whatever_comes_is_frames_or_an_error(pieces: list[bytes]) -> None:
    reader, octets = FrameReader(), 0
    for piece in pieces:
        try:
            frames = reader.feed(piece)
        except FrameError:
            return
        octets += len(piece) - sum(len(encode(frame)) for frame in frames)
        assert 0 <= octets < 3 + 16_384  # what waits for the rest of a frame


@pytest.mark.parametrize(
    "octets",
    [
        b"\x01\x00\x0f",  # a UUID of 15 octets
        b"\x03\x00\x02",  # two keys in one frame
        b"\x10\x00\x03",  # a sample and a half
        b"\x10\xff\xfe",  # four seconds in one frame
        b"GET / HTTP/1.1\r\n",
    ],
)
def test_no_asterisk_sends_that(octets: bytes) -> None:
    with pytest.raises(FrameError):
        FrameReader().feed(octets)


def test_two_octets_of_length_with_the_high_one_first() -> None:
    assert encode(Frame(Kind.SOUND, bytes(320)))[:3] == b"\x10\x01\x40"
