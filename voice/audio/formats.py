"""Which container a file is, told by its first octets and never by what it is called."""

HEAD = 16
"""Octets that `container` wants to see."""

_MARKS = (
    (0, b"RIFF", "wav"),
    (0, b"RIFX", "wav"),
    (0, b"RF64", "wav"),
    (0, b"riff", "w64"),
    (0, b"fLaC", "flac"),
    (0, b"OggS", "ogg"),
    (0, b"ID3", "mp3"),
    (0, b"#!AMR", "amr"),
    (0, b"FORM", "aiff"),
    (0, b".snd", "au"),
    (0, b"caff", "caf"),
    (0, b"NIST_1A", "nistsphere"),
    (4, b"ftyp", "mov"),  # m4a, mp4, 3gp: recorders of mobile telephones
    (0, b"\x1aE\xdf\xa3", "matroska"),  # webm: recorders of browsers
    (0, b"0&\xb2u\x8ef\xcf\x11", "asf"),
)
"""Offset, octets there, and the container's name among ffmpeg's demuxers."""


def container(head: bytes) -> str | None:
    """ffmpeg's name of the container that begins with `head`; None for what isn't audio."""
    for offset, mark, name in _MARKS:
        if head[offset : offset + len(mark)] == mark:
            return name
    return _mpeg(head)


def _mpeg(head: bytes) -> str | None:
    """MPEG audio has no mark, only eleven set bits, then version and layer (ISO 11172-3)."""
    if len(head) < 2 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    return "mp3" if head[1] & 0x06 else "aac"
