"""What can't be read is told in one Chinese sentence, and nothing else happens."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.voice.audio.sounds import AMR_NB, amr, tone, wav
from voice.audio.errors import AudioError
from voice.audio.reading import read_audio, stream_audio

ANY_OCTETS = st.tuples(
    st.sampled_from(
        [
            b"", b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0", b"RIFF", b"fLaC", b"OggS", b"ID3",
            b"\xff\xfb\x90\x64", b"\xff\xf1", b"#!AMR\n", b"FORM", b".snd", b"caff",
            b"NIST_1A\n   1024\n", b"\0\0\0\x18ftyp", b"\x1aE\xdf\xa3",
        ]
    ),
    st.binary(max_size=3000),
).map(b"".join)  # fmt: skip

SUFFIXES = st.sampled_from(["", ".wav", ".mp3", ".raw", ".alaw", ".ul", ".amr", ".sd2", ".vox"])


def _said(path: Path) -> str:
    with pytest.raises(AudioError) as whole:
        read_audio(path)
    with pytest.raises(AudioError) as streamed:
        list(stream_audio(path))
    assert str(whole.value) == str(streamed.value)
    return str(whole.value)


def _patched(path: Path, place: int, octets: bytes) -> Path:
    content = bytearray(path.read_bytes())
    content[place : place + len(octets)] = octets
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空文件"),
        (b"hello, this is a letter", "不是能识别的录音"),
        (b"#EXTM3U\n/etc/passwd\n", "不是能识别的录音"),
        (b"RIFF\x24\0\0\0WAVE", "已损坏"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0", "已损坏"),
        (b"OggS" + bytes(2000), "已损坏"),
        (b"\xff\xfb\x90\x64" + b"\x37" * 50, "已损坏"),
    ],
    ids=["empty", "letter", "playlist", "half a header", "no track", "no page", "no frame"],
)
def test_files_without_sound(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "in.wav"
    path.write_bytes(content)
    assert _said(path).startswith(f"“in.wav”{said}")


@pytest.mark.parametrize(
    ("place", "octets", "said"),
    [
        (24, b"\0\0\0\0", "已损坏"),
        (24, b"\xff\xff\xff\xff", "已损坏"),
        (24, b"\x05\0\0\0", "采样率是5赫兹,只能读1000到768000赫兹"),
        (24, b"\xff\xff\xff\x7f", "采样率是2147483647赫兹"),
        (22, b"\0\0", "已损坏"),
    ],
    ids=["0 Hz", "-1 Hz", "5 Hz", "2 GHz", "no channel"],
)
def test_headers_that_cannot_be(tmp_path: Path, place: int, octets: bytes, said: str) -> None:
    path = wav(tmp_path / "in.wav", tone(0.5, 8000), 8000)
    assert said in _said(_patched(path, place, octets))


def test_places_without_a_recording(tmp_path: Path) -> None:
    (tmp_path / "loop.wav").symlink_to("loop.wav")
    os.mkfifo(tmp_path / "pipe.wav")
    assert _said(tmp_path) == f"“{tmp_path.name}”是文件夹,请指定里面的一个录音文件。"
    assert _said(tmp_path / "no.wav").startswith("找不到文件“no.wav”")
    assert _said(tmp_path / "pipe.wav").startswith("“pipe.wav”不是普通文件")
    assert _said(Path("/dev/zero")).startswith("“zero”不是普通文件")
    assert "读不出来" in _said(tmp_path / "loop.wav")
    assert "读不出来" in _said(tmp_path / ("长" * 200))
    assert "读不出来" in _said(tmp_path / "a\0b.wav")


@pytest.fixture
def nobody() -> Iterator[None]:
    """Without the superuser's right to read everything."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65_534)
    yield
    os.seteuid(before)


def test_a_file_of_somebody_else(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = wav(tmp_path / "in.wav", tone(0.5, 8000), 8000)
    path.chmod(0)
    request.getfixturevalue("nobody")
    assert "请检查文件的权限" in _said(path)


@settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ANY_OCTETS, SUFFIXES)
def test_any_octets_give_sound_or_a_sentence(tmp_path: Path, octets: bytes, suffix: str) -> None:
    path = tmp_path / f"in{suffix}"
    path.write_bytes(octets)
    try:
        heard = read_audio(path, longest=60).samples
    except AudioError as error:
        assert str(error).endswith("。")
    else:
        assert np.all(np.abs(heard) <= 1)


@settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=8),
    st.booleans(),
)
def test_spoiled_octets_give_sound_or_a_sentence(
    tmp_path: Path, spoiled: list[tuple[int, int]], phone: bool
) -> None:
    if phone:
        path = tmp_path / "in.amr"
        path.write_bytes(amr(AMR_NB, frames=64))
    else:
        path = wav(tmp_path / "in.wav", tone(0.2, 8000), 8000)
    for place, octet in spoiled:
        _patched(path, place // (1 if phone else 25), bytes([octet]))
    try:
        heard = read_audio(path, longest=60).samples
    except AudioError as error:
        assert str(error).endswith("。")
    else:
        assert np.all(np.abs(heard) <= 1)
