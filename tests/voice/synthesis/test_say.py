"""`hotline say`, without a telephone."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import soundfile

from hotline.say import SayError, Wish, say
from tests.voice.conftest import SPEECH


@dataclass(frozen=True)
class Chosen:
    """The settings of an installation."""

    speech_folder: Path = SPEECH
    synthesis_limit: int = 1
    voice: str = "zf_xiaobei"
    speed: float = 0.85


@pytest.fixture
def wish(tmp_path: Path) -> Wish:
    return Wish("好的。", tmp_path / "out.wav")


def test_a_text_becomes_a_file(wish: Wish) -> None:
    (said,) = say(wish, Chosen())
    sound, rate = soundfile.read(wish.out)
    assert rate == 24_000
    assert 0.3 < len(sound) / rate < 2
    assert str(wish.out) in said


def test_without_the_model_the_fallback_speaks_and_says_so(wish: Wish, tmp_path: Path) -> None:
    wish = replace(wish, rate=8_000, alaw=True)
    said = say(wish, Chosen(speech_folder=tmp_path))
    assert "备用" in said[0]
    assert 0.3 < wish.out.stat().st_size / 8_000 < 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text": ""}, "没有要念的话"),
        ({"text": "。，"}, "没有要念的话"),
        ({"text": "好" * 5001}, "太长"),
        ({"voice": "zf_xiaoni"}, "声调不准"),
        ({"voice": "../../x"}, "没有"),
        ({"speed": 9.0}, "语速要在0.6到1.3"),
        ({"volume": float("nan")}, "音量要在-12到9"),
        ({"pauses": 0.0}, "停顿要在0.5到3"),
        ({"rate": 44_100}, "采样率"),
        ({"alaw": True}, "采样率"),
        ({"out": Path("/nowhere/out.wav")}, "写不进"),
    ],
)
def test_bad_input_gets_a_sentence(
    wish: Wish, tmp_path: Path, change: dict[str, object], sentence: str
) -> None:
    with pytest.raises(SayError, match=sentence):
        say(replace(wish, **change), Chosen(speech_folder=tmp_path))  # type: ignore[arg-type]
