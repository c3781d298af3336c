"""ffmpeg is kept on a short lead: it ends in time, and it reads nothing but the file."""

from pathlib import Path

import psutil
import pytest

from tests.voice.audio.sounds import AMR_NB, amr, tone, wav
from voice.audio.errors import AudioError
from voice.audio.ffmpeg import open_ffmpeg
from voice.audio.reading import read_audio, stream_audio


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    """Ten seconds of AMR: more than a pipe holds."""
    path = tmp_path / "call.amr"
    path.write_bytes(amr(AMR_NB, frames=500))
    return path


def _children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def _program(folder: Path, script: str) -> str:
    program = folder / "decoder"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


def test_a_decoder_that_hangs_is_ended(phone: Path) -> None:
    before = _children()
    program = _program(phone.parent, "exec sleep 600")
    with (
        pytest.raises(AudioError, match="解码卡住了"),
        open_ffmpeg(phone, "amr", program=program, patience=0.05),
    ):
        pass
    assert _children() == before


def test_a_decoder_that_hangs_half_way_is_ended(phone: Path) -> None:
    before = _children()
    header = r"printf '.snd\0\0\0\030\377\377\377\377\0\0\0\006\0\0\037\100\0\0\0\001'"
    program = _program(phone.parent, f"{header}; exec sleep 600")
    with open_ffmpeg(phone, "amr", program=program, patience=0.5) as source:
        assert source.rate == 8000
        with pytest.raises(AudioError, match="解码卡住了"):
            next(source.blocks)
    assert _children() == before


def test_a_missing_ffmpeg_is_named(phone: Path) -> None:
    with (
        pytest.raises(AudioError, match="要用 ffmpeg,请先安装"),
        open_ffmpeg(phone, "amr", program=str(phone.parent / "no")),
    ):
        pass


def test_a_stream_that_nobody_wants_any_more_leaves_no_process(phone: Path) -> None:
    before = _children()
    stream = stream_audio(phone)
    next(stream)
    assert len(_children()) == len(before) + 1
    del stream
    assert _children() == before


@pytest.mark.parametrize("name", ["-i.amr", "a:b.amr", "%d.amr", "名字 'x'.amr", "http:.amr"])
def test_odd_names_are_only_names(phone: Path, name: str) -> None:
    assert read_audio(phone.rename(phone.parent / name)).seconds == 10


def test_no_other_file_is_opened(tmp_path: Path) -> None:
    secret = wav(tmp_path / "secret.wav", tone(1.0, 8000), 8000)
    playlist = tmp_path / "in.m3u8"
    playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n")
    for demuxer in ("amr", "mov", "mp3"):
        with pytest.raises(AudioError), open_ffmpeg(playlist, demuxer) as source:
            list(source.blocks)
            raise AssertionError("something was decoded")
