"""How long a greeting is, in the real voice."""

from pathlib import Path

from tests.voice.synthesis.speaking import speaker
from voice.call.mouth import brisk
from voice.call.prompts import load_call_prompts
from voice.synthesis.kokoro import Kokoro
from voice.synthesis.port import RATE, Style

NAMES = ("王桂兰", "斯琴高娃", "乌云其木格")
MOST = 4.0


def test_a_greeting_takes_less_than_four_seconds_with_a_name_too(
    kokoro: Kokoro, tmp_path: Path
) -> None:
    prompts, talker = load_call_prompts(), speaker(tmp_path, kokoro)
    style = brisk(Style(speed=0.85))
    texts = [prompts.greeting, *map(prompts.greeting_to, NAMES)]
    lengths = {text: len(talker.say(text, style, patience=600).samples) / RATE for text in texts}
    talker.close()
    assert all(name in text for name, text in zip(NAMES, texts[1:], strict=True))
    assert {text: seconds for text, seconds in lengths.items() if seconds >= MOST} == {}
