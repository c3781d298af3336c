"""Batches for training: a mix of synthetic sentences and real words, each heard anew."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from voice.model.acoustic.augmentation import Rng, augment
from voice.model.acoustic.cepstra import RATE, Floats, cepstra, to_cepstra, to_mel
from voice.model.acoustic.corpus import Utterance
from voice.model.acoustic.network import CONTEXT, SUBSAMPLING

Sound = tuple[Floats, list[int]]
"""Samples and labels."""
_SENTENCES = (0.3, 3.5)
"""Seconds that are said at least."""
_PAUSE = 0.8
"""Seconds at most."""
_SHIFTS = (120, 191)
"""A third slower than it was said to a fifth faster, beside the resampling of the whole voice."""


@dataclass(frozen=True)
class Batch:
    """Padded utterances of like length."""

    cepstra: Tensor
    """[batch, frames, 40]"""
    lengths: Tensor
    """[batch] output frames"""
    labels: Tensor
    """All labels one after the other."""
    label_lengths: Tensor
    """[batch]"""


class Mix:
    """Draws from what there is; synthetic speech and real words in a fixed proportion."""

    def __init__(
        self, synthetic: Sequence[Utterance], recorded: Sequence[Utterance], rng: Rng
    ) -> None:
        self.synthetic = list(synthetic)
        self.recorded = list(recorded)
        self._rng = rng
        self._sounds: dict[str, Floats] = {}

    def batches(self, count: int, size: int, recorded: float) -> list[Batch]:
        """`count` batches of `size`; a `recorded` share of each draw is real speech."""
        sounds = []
        for _ in range(count * size):
            if self.recorded and self._rng.random() < recorded:
                sounds.append(self._words())
            else:
                sounds.append(self._sentences())
        sounds.sort(key=lambda sound: len(sound[0]))
        return [self._heard(sounds[k * size : (k + 1) * size]) for k in range(count)]

    def _heard(self, sounds: list[Sound]) -> Batch:
        heard = []
        for samples, labels in sounds:
            x = augment(samples, self._rng, self._background)
            warp = float(self._rng.choice(np.arange(0.86, 1.15, 0.02)))
            shift = int(self._rng.integers(*_SHIFTS))
            heard.append((masked(cepstra(x, warp, shift), self._rng), labels))
        return collate(heard)

    def _sentences(self) -> Sound:
        """One, or short ones with pauses between them, as old people speak."""
        wanted = self._rng.uniform(*_SENTENCES)
        parts: list[Floats] = []
        labels: list[int] = []
        while sum(map(len, parts)) < wanted * RATE:
            if parts:
                parts.append(np.zeros(int(self._rng.uniform(0, _PAUSE) * RATE), np.float32))
            chosen = self._pick(self.synthetic)
            parts.append(self._sound(chosen))
            labels += chosen.labels
        return np.concatenate(parts), labels

    def _words(self) -> Sound:
        """One to six words run together, for the speaker says each alone."""
        parts: list[Floats] = []
        labels: list[int] = []
        for _ in range(int(self._rng.integers(1, 7))):
            word = self._pick(self.recorded)
            samples = self._sound(word)
            # Words overlap their silences, as they do in a sentence.
            cut = int(self._rng.integers(0, 1_200))
            parts.append(samples[cut // 2 : max(len(samples) // 2, len(samples) - cut)])
            parts.append(np.zeros(int(self._rng.choice([0, 0, 400, 1_600])), np.float32))
            labels += word.labels
        return np.concatenate(parts), labels

    def _background(self) -> Floats:
        return self._sound(self._pick(self.synthetic))

    def _pick(self, utterances: Sequence[Utterance]) -> Utterance:
        return utterances[int(self._rng.integers(len(utterances)))]

    def _sound(self, utterance: Utterance) -> Floats:
        key = f"{utterance.folder}/{utterance.file}"
        if key not in self._sounds:
            self._sounds[key] = utterance.samples()
        return self._sounds[key]


def masked(values: Floats, rng: Rng) -> Floats:
    """SpecAugment (Park et al., 2019): up to two gaps in time and two in frequency."""
    mel = to_mel(values)
    mean = mel.mean()
    for _ in range(int(rng.integers(0, 3))):
        start = int(rng.integers(0, max(1, len(mel))))
        mel[start : start + int(rng.integers(2, 12))] = mean
    for _ in range(int(rng.integers(0, 3))):
        start = int(rng.integers(0, mel.shape[1]))
        mel[:, start : start + int(rng.integers(1, 6))] = mean
    return to_cepstra(mel)


def collate(heard: Sequence[tuple[Floats, list[int]]]) -> Batch:
    """Pads with the first and last frame, as Vosk does at the ends of a call."""
    padded, lengths = [], []
    longest = max(len(values) for values, _ in heard)
    for values, _ in heard:
        after = longest - len(values) + CONTEXT + SUBSAMPLING - 1
        padded.append(np.pad(values, ((CONTEXT, after), (0, 0)), mode="edge"))
        lengths.append((len(values) + SUBSAMPLING - 1) // SUBSAMPLING)
    return Batch(
        torch.from_numpy(np.stack(padded)),
        torch.tensor(lengths),
        torch.tensor([label for _, labels in heard for label in labels]),
        torch.tensor([len(labels) for _, labels in heard]),
    )
