"""Recorded sentences: synthetic speech of Kokoro-82M (Apache-2.0), 16 kHz, as FLAC."""

from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "recordings"

SAID = {
    _FOLDER / "how_far.flac": "申请完怎么查进度",
    _FOLDER / "which_services.flac": "幺二三四九都有哪些类型的服务",
}
