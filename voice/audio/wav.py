"""Writing WAV files."""

from io import BytesIO
from pathlib import Path
from typing import Literal

import numpy as np
import soundfile

from voice.audio.errors import audio_error
from voice.audio.pcm import Pcm, bounded

_CODINGS = {8: "PCM_U8", 16: "PCM_16", 24: "PCM_24", 32: "PCM_32"}


def write_wav(path: Path, pcm: Pcm, width: Literal[8, 16, 24, 32] = 16) -> None:
    """Writes `pcm` as integers of `width` bits; raises AudioError when the file can't be."""
    full = 1 << (width - 1)
    exact = np.rint(bounded(pcm.samples).astype(np.float64) * full)
    numbers = np.clip(exact, -full, full - 1).astype(np.int64)
    # libsndfile takes the upper bits of a 32-bit number, whatever the width in the file.
    shifted = (numbers << (32 - width)).astype(np.int32)
    content = BytesIO()
    soundfile.write(content, shifted, pcm.rate, subtype=_CODINGS[width], format="WAV")
    try:
        Path(path).write_bytes(content.getbuffer())
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise audio_error("unwritable", path) from error
