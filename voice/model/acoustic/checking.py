"""How well a network hears without any language model: units wrong, by corpus."""

from collections.abc import Sequence
from itertools import groupby

import torch
from rapidfuzz.distance import Levenshtein
from torch import Tensor

from voice.model.acoustic.batches import collate
from voice.model.acoustic.cepstra import cepstra
from voice.model.acoustic.corpus import Utterance
from voice.model.acoustic.network import AcousticNetwork


def unit_error_rate(network: AcousticNetwork, utterances: Sequence[Utterance]) -> float:
    """Insertions, deletions and substitutions for each unit said; 0 is perfect."""
    wrong = said = 0
    network.eval()
    ordered = sorted(utterances, key=lambda utterance: utterance.seconds)
    with torch.inference_mode():
        for start in range(0, len(ordered), 16):
            some = ordered[start : start + 16]
            batch = collate([(cepstra(u.samples()), u.labels) for u in some])
            best = network(batch.cepstra).argmax(-1)
            for scores, length, utterance in zip(best, batch.lengths, some, strict=True):
                heard = _collapsed(scores[: int(length)])
                wrong += Levenshtein.distance(heard, utterance.labels)
                said += len(utterance.units)
    network.train()
    return wrong / max(1, said)


def _collapsed(scores: Tensor) -> list[int]:
    """CTC's best path: repetitions are one, blanks are none."""
    return [unit for unit, _ in groupby(scores.tolist()) if unit]
