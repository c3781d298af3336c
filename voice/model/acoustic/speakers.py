"""Hundreds of speakers out of one voice model.

The first 128 numbers of a Kokoro style are timbre, the last 128 prosody. Any voice's timbre with
the prosody of a Mandarin one speaks clear Mandarin, and so do weighted mixtures. A part of a
foreign prosody makes an accent; a mixture may also lie a little beyond its two voices.
"""

from pathlib import Path

import numpy as np

from voice.model.acoustic.augmentation import Rng
from voice.model.acoustic.cepstra import Floats

PROSODIES = ("zf_xiaobei", "zf_xiaoni", "zf_xiaoxiao", "zm_yunjian", "zm_yunxi", "zm_yunxia")
"""The tones of zf_xiaoni are wrong, as those of many dialects are: the units have no tones."""
HELD_OUT = {
    "zf_xiaoyi": ("zf_xiaoyi", "zf_xiaoyi"),
    "zm_yunyang": ("zm_yunyang", "zm_yunyang"),
    "am_liam/zf_xiaoyi": ("am_liam", "zf_xiaoyi"),
    "af_nova/zm_yunyang": ("af_nova", "zm_yunyang"),
}
"""Speakers to test with, by timbre and prosody; neither is ever trained on."""
_APART = {timbre for pair in HELD_OUT.values() for timbre in pair} | {"bm_lewis", "bf_emma"}
_ACCENT = 0.35
"""The largest share of a foreign prosody that still speaks Mandarin."""
_BEYOND = 0.2
_TIMBRE = 128
_SHAPE = (510, 256)
"""A style for each count of tokens."""


class Speakers:
    """Reads the voices of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        names = {path.stem for path in folder.glob("*.bin")}
        self._timbres = sorted(names - _APART)

    def draw(self, rng: Rng) -> tuple[str, Floats]:
        """A name that tells the mixture, and a style of [510, 256]."""
        kind = rng.random()
        if kind < 0.15:
            name = str(rng.choice(PROSODIES))
            return name, self.style(name)
        first, second = (str(name) for name in rng.choice(PROSODIES, 2, replace=False))
        style = self._mixed(first, second, rng)
        name = f"{first}+{second}"
        if rng.random() < 0.3:
            accent, share = str(rng.choice(self._timbres)), rng.uniform(0, _ACCENT)
            style += share * (self.style(accent) - style)
            name += f"~{accent}"
        if kind < 0.3:
            return name, style
        third, fourth = (str(name) for name in rng.choice(self._timbres, 2))
        style[:, :_TIMBRE] = self._mixed(third, fourth, rng)[:, :_TIMBRE]
        return f"{third}+{fourth}/{name}", style

    def _mixed(self, first: str, second: str, rng: Rng) -> Floats:
        share = rng.uniform(-_BEYOND, 1 + _BEYOND)
        mixed = share * self.style(first) + (1 - share) * self.style(second)
        return mixed.astype(np.float32)

    def held_out(self, name: str) -> Floats:
        """[510, 256] of one of HELD_OUT."""
        timbre, prosody = HELD_OUT[name]
        style = self.style(prosody)
        style[:, :_TIMBRE] = self.style(timbre)[:, :_TIMBRE]
        return style

    def style(self, name: str) -> Floats:
        """[510, 256] of one voice."""
        path = self._folder / f"{name}.bin"
        return np.fromfile(path, "<f4").reshape(_SHAPE).astype(np.float32)
