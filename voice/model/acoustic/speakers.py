"""Hundreds of speakers out of one voice model.

The first 128 numbers of a Kokoro style are timbre, the last 128 prosody. Any voice's timbre with
the prosody of a good Mandarin one speaks clear Mandarin, and so do weighted mixtures.
"""

from pathlib import Path

import numpy as np

from voice.model.acoustic.augmentation import Rng
from voice.model.acoustic.cepstra import Floats

PROSODIES = ("zf_xiaobei", "zf_xiaoxiao", "zm_yunjian", "zm_yunxi", "zm_yunxia")
HELD_OUT = {
    "zf_xiaoyi": ("zf_xiaoyi", "zf_xiaoyi"),
    "zm_yunyang": ("zm_yunyang", "zm_yunyang"),
    "am_liam/zf_xiaoyi": ("am_liam", "zf_xiaoyi"),
    "af_nova/zm_yunyang": ("af_nova", "zm_yunyang"),
}
"""Speakers to test with, by timbre and prosody; neither is ever trained on."""
_APART = {timbre for pair in HELD_OUT.values() for timbre in pair} | {"bm_lewis", "bf_emma"}
_WRONG = "zf_xiaoni"
"""Its tones are wrong."""
_TIMBRE = 128
_SHAPE = (510, 256)
"""A style for each count of tokens."""


class Speakers:
    """Reads the voices of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        names = {path.stem for path in folder.glob("*.bin")}
        self._timbres = sorted(names - _APART - {_WRONG})

    def draw(self, rng: Rng) -> tuple[str, Floats]:
        """A name that tells the mixture, and a style of [510, 256]."""
        kind = rng.random()
        if kind < 0.25:
            name = str(rng.choice(PROSODIES))
            return name, self.style(name)
        first, second = (str(name) for name in rng.choice(PROSODIES, 2, replace=False))
        if kind < 0.4:
            share = rng.random()
            mixed = share * self.style(first) + (1 - share) * self.style(second)
            return f"{first}+{second}", mixed.astype(np.float32)
        third, fourth = (str(name) for name in rng.choice(self._timbres, 2))
        share, style = rng.random(), rng.random()
        mixed = style * self.style(first) + (1 - style) * self.style(second)
        timbre = share * self.style(third) + (1 - share) * self.style(fourth)
        mixed[:, :_TIMBRE] = timbre[:, :_TIMBRE]
        return f"{third}+{fourth}/{first}+{second}", mixed.astype(np.float32)

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
