"""Recorded sentences: synthetic speech of Kokoro-82M (Apache-2.0), 8 kHz A-law, at −18 dB."""

from functools import cache
from pathlib import Path

import numpy as np

from voice.audio.g711 import alaw_decode
from voice.audio.pcm import Samples, from_int16

_FOLDER = Path(__file__).resolve().parent / "said"

SENTENCES = {
    "address": "福星小区三号楼二单元五零一",
    "fell": "我摔倒了起不来了",
    "help": "救命啊",
    "lunch": "明天中午给我送两份饭",
    "no": "不对不对是后天",
    "person": "转人工",
    "phone": "幺三八零零幺三八零零零",
    "slower": "你说慢一点我听不清",
    "subsidy": "我想问一下高龄津贴一个月多少钱",
    "wait": "你等一下我拿个笔",
}
"""What callers say that is longer than a syllable."""

SHORT = {"yes": "对", "well": "好", "mhm": "嗯"}
"""Answers of one syllable."""

TELEVISION = ("television", "television_woman")
OURS = "ours"
"""Our own voice, reading an order back."""


@cache
def recorded(name: str) -> Samples:
    """One recording at 8 kHz."""
    return from_int16(alaw_decode(np.fromfile(_FOLDER / f"{name}.alaw", np.uint8)))
