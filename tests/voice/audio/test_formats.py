"""A container is told by its first octets."""

import pytest

from voice.audio.formats import container


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"RIFF\x24\0\0\0WAVEfmt ", "wav"),
        (b"fLaC\0\0\0\x22", "flac"),
        (b"OggS\0\x02", "ogg"),
        (b"ID3\x04", "mp3"),
        (b"\xff\xfb\x90\x64", "mp3"),
        (b"\xff\xf3\x40\xc4", "mp3"),
        (b"\xff\xf1\x50\x80", "aac"),
        (b"#!AMR\n\x3c", "amr"),
        (b"#!AMR-WB\n\x44", "amr"),
        (b"\0\0\0\x18ftyp3gp4", "mov"),
        (b"\x1aE\xdf\xa3\x9f", "matroska"),
    ],
)
def test_audio_is_recognised(head: bytes, name: str) -> None:
    assert container(head) == name


@pytest.mark.parametrize(
    "head", [b"", b"\xff", b"#EXTM3U\nfile:", b"ffconcat version", b"%PDF-1.7", b"\x89PNG\r\n"]
)
def test_other_things_are_not(head: bytes) -> None:
    assert container(head) is None
