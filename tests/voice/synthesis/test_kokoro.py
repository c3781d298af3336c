"""The real voice."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from tests.voice.conftest import SPEECH
from tests.voice.synthesis.speaking import speaker
from voice.audio.loudness import loudness
from voice.synthesis.clause import Clause
from voice.synthesis.kokoro import MODEL, SHA256, Kokoro, open_kokoro
from voice.synthesis.port import RATE, Style, SynthesisError
from voice.synthesis.stop import Stop

REPLIES = [
    "好，给您订午餐。您要几份？",
    "订好了，您的单号是5723。",
    "您想订哪一天的饭？",
    "别怕，我在呢。",
    "身边有人的话，请打120。",
]


def test_the_model_is_the_one_that_was_measured() -> None:
    assert hashlib.sha256((SPEECH / MODEL).read_bytes()).hexdigest() == SHA256


@pytest.mark.parametrize("voice", ["zf_xiaobei", "zm_yunjian"])
def test_two_voices_are_equally_loud(kokoro: Kokoro, tmp_path: Path, voice: str) -> None:
    talker = speaker(tmp_path, kokoro)
    for reply in REPLIES:
        pcm = talker.say(reply, Style(voice=voice), patience=600)
        assert loudness(pcm.samples, RATE) == pytest.approx(-19.0, abs=1.0)
        assert np.abs(pcm.samples).max() <= 10 ** (-1.5 / 20) + 1e-3
    talker.close()


def test_spliced_pieces_are_silent_where_they_meet(kokoro: Kokoro) -> None:
    pieces = [kokoro.render(Clause(text), Style()) for text in ("好，", "两份。")]
    for piece in pieces:
        assert abs(piece[0]) < 1e-3
        assert abs(piece[-1]) < 1e-3
        # 10 ms at each end hold nothing above a whisper: whatever follows begins out of silence.
        for end in (piece[:240], piece[-240:]):
            assert np.sqrt(np.mean(end**2)) < 0.02
        assert 0.2 < len(piece) / RATE < 1.6


def test_marks_inside_a_clause_are_heard_as_pauses(kokoro: Kokoro) -> None:
    style, longer = Style(), Style(pauses=2.0)
    clause = Clause("低保、特困，")
    usual, long = kokoro.render(clause, style), kokoro.render(clause, longer)
    assert 0.1 < (len(long) - len(usual)) / RATE < 0.4
    frames = usual[: len(usual) // 240 * 240].reshape(-1, 240)
    quiet = np.sqrt((frames**2).mean(axis=1)) < 0.03  # the breath of 特 belongs to the pause
    longest = max(len(run) for run in "".join("x" if q else " " for q in quiet).split())
    assert longest * 0.01 >= 0.1


def test_a_caller_who_hangs_up_stops_the_network(kokoro: Kokoro) -> None:
    stop = Stop()
    stop.ask()
    with pytest.raises(SynthesisError, match="stopped"):
        kokoro.render(Clause("您想订哪一天的饭？"), Style(), stop)


def test_speed_is_heard(kokoro: Kokoro) -> None:
    slow = kokoro.render(Clause("您稍等。"), Style(speed=0.6))
    fast = kokoro.render(Clause("您稍等。"), Style(speed=1.3))
    assert len(slow) > 1.4 * len(fast)


@pytest.mark.parametrize("content", [None, b"", b"not a model"])
def test_a_missing_or_wrong_model_says_what_to_do(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / MODEL).write_bytes(content)
    with pytest.raises(SynthesisError, match="script/voice"):
        open_kokoro(tmp_path)
