"""Every piece as loud as every other, whatever the voice; a caller's volume on top."""

import numpy as np

from voice.audio.limiter import limit
from voice.audio.loudness import loudness, normalise
from voice.audio.pcm import Samples

LUFS = -18.3
"""Of each piece at volume 0 (ITU-R BS.1770-4): with the pauses between pieces a reply is at -19."""
PEAK = -1.5
"""dBFS that nothing exceeds."""

_MEASURED_FROM = 0.8
"""Seconds of speech from which a measurement is worth more than the voice's average."""
_AROUND_USUAL = 9.0
"""dB by which a shorter piece may be corrected beyond the voice's average: 好 is said softly."""


def level(samples: Samples, rate: int, usual: float) -> Samples:
    """`samples` at LUFS; `usual` is the gain in dB that this voice needs on average."""
    if len(samples) >= _MEASURED_FROM * rate:
        return normalise(samples, rate, lufs=LUFS, peak=PEAK)
    wanted = LUFS - loudness(samples, rate)
    gain = min(max(wanted, usual - _AROUND_USUAL), usual + _AROUND_USUAL)
    return limit((samples * np.float32(10 ** (gain / 20))), rate, PEAK)
