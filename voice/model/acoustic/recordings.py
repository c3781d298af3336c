"""Real recordings to train and to check on: the words and syllables of `audio-cmn`.

Words by Yue Tan (Shtooka) are trained on; syllables by Chen Wang, a second speaker, only tell
when to stop. Both CC BY-SA 3.0, https://github.com/hugolpz/audio-cmn.
"""

import re
import tarfile
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import numpy as np
import soundfile
import soxr

from voice.model.acoustic.cepstra import RATE, Floats
from voice.model.acoustic.corpus import Utterance, add
from voice.model.units import syllable_units, word_units

_WORD = re.compile(r"cmn-([一-鿿]{1,6})\.mp3")
_SYLLABLE = re.compile(r"cmn-([a-zü:]+)[1-5]\.mp3")


def take_recordings(archive: Path, words: Path, syllables: Path) -> tuple[int, int]:
    """Unpacks the tar into two corpora; gives how many utterances each has."""
    counts = {words: 0, syllables: 0}
    with TemporaryDirectory() as folder:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        for path in sorted(Path(folder).rglob("*.mp3")):
            target, said = _said(path.name)
            if said is None or not said[1]:
                continue
            samples = _trimmed(path)
            if samples is None:
                continue
            to = words if target == "word" else syllables
            name = PurePosixPath("wav", f"{counts[to]:05d}.wav")
            speaker = "yue" if target == "word" else "chen"
            seconds = round(len(samples) / RATE, 3)
            entry = Utterance(str(name), said[0], said[1], speaker, "recorded", seconds)
            add(to, entry, samples)
            counts[to] += 1
    return counts[words], counts[syllables]


def _said(name: str) -> tuple[str, tuple[str, tuple[str, ...] | None] | None]:
    if word := _WORD.fullmatch(name):
        return "word", (word[1], word_units(word[1]))
    if syllable := _SYLLABLE.fullmatch(name):
        written = syllable[1].replace("u:", "v").replace("ü", "v")
        written = re.sub(r"^([ln])ue$", r"\1ve", written)
        return "syllable", (written, syllable_units(written))
    return "", None


def _trimmed(path: Path) -> Floats | None:
    """Without the silence around, at 60 % of full scale; None if nothing can be heard."""
    try:
        sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError:
        return None
    samples: Floats = soxr.resample(sound.mean(1), rate, RATE)
    loud = np.flatnonzero(np.abs(samples) > 0.03 * np.abs(samples).max(initial=0))
    if not len(loud):
        return None
    samples = samples[max(0, loud[0] - 1_000) : loud[-1] + 1_600]
    return np.asarray(samples / np.abs(samples).max() * 0.6 * 32_767, np.float32)
