"""Why a call is over."""

import pytest

from voice.line.leg import Ended, Failed
from voice.line.sip.endings import ended, failed


@pytest.mark.parametrize(
    ("text", "by_us", "answered", "why"),
    [
        ("Connection reset by peer [104]", False, True, Ended.THEY_HUNG_UP),
        ("Connection reset by peer [104],Q.850;cause=16", False, True, Ended.THEY_HUNG_UP),
        ("", False, True, Ended.THEY_HUNG_UP),
        ("Connection reset by peer [104]", False, False, Ended.CANCELLED),
        ("Rejected by user", True, True, Ended.WE_HUNG_UP),
        ("Rejected by user", True, False, Ended.WE_HUNG_UP),
        ("rtp stream error", False, True, Ended.LOST),
        ("Connection timed out [110]", False, True, Ended.LOST),
        ("Call transfered", False, True, Ended.MOVED),
    ],
)
def test_endings(text: str, by_us: bool, answered: bool, why: Ended) -> None:
    assert ended(text, by_us=by_us, answered=answered) is why


@pytest.mark.parametrize(
    ("status", "rang", "why"),
    [
        (486, True, Failed.BUSY),
        (600, False, Failed.BUSY),
        (603, True, Failed.DECLINED),
        (403, False, Failed.DECLINED),
        (480, True, Failed.NO_ANSWER),
        (408, False, Failed.NO_ANSWER),
        (None, True, Failed.NO_ANSWER),
        (None, False, Failed.UNREACHABLE),
        (404, False, Failed.UNREACHABLE),
        (503, True, Failed.UNREACHABLE),
    ],
)
def test_failures(status: int | None, rang: bool, why: Failed) -> None:
    assert failed(status, rang=rang) is why
