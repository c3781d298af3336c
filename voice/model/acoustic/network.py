"""The TDNN-F of a Kaldi chain model in PyTorch, with an output layer of our own.

The i-vector input is left out: Kaldi centres it, so zero is the average speaker.
Povey et al., "Semi-orthogonal low-rank matrix factorization for deep neural networks" (2018).
"""

from itertools import pairwise

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from voice.model.acoustic.nnet3_file import Component, Nnet3File

CONTEXT = 34
"""Frames of 10 ms that the network sees on each side of one output frame."""
SUBSAMPLING = 3
"""One output every third frame."""
CEPSTRA = 40
_BYPASS = 0.66
_FULL_RATE = 3
"""Factored layers before the subsampling; with `first` they stay as the base model has them."""


class Affine(nn.Module):
    def __init__(self, weight: np.ndarray, bias: np.ndarray | None) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(weight))
        self.bias = nn.Parameter(torch.tensor(bias)) if bias is not None else None

    def forward(self, x: Tensor) -> Tensor:
        return functional.linear(x, self.weight, self.bias)


class FixedNorm(nn.Module):
    """Kaldi's batch norm as it is when decoding: a scale and an offset, never trained."""

    def __init__(self, component: Component) -> None:
        super().__init__()
        variance = np.maximum(component.vector("<StatsVar>"), 0)
        scale = component.real("<TargetRms>") / np.sqrt(variance + component.real("<Epsilon>"))
        self.register_buffer("scale", torch.tensor(scale))
        self.register_buffer("offset", torch.tensor(-component.vector("<StatsMean>") * scale))

    def forward(self, x: Tensor) -> Tensor:
        return x * self.scale + self.offset


class Factored(nn.Module):
    """One TDNN-F layer: 768 → 64 → 768 with a bypass, each step over one or two frames."""

    def __init__(self, base: Nnet3File, name: str, frames: int, dropout: float) -> None:
        super().__init__()
        linear, affine = base[f"{name}.linear"], base[f"{name}.affine"]
        self.linear_offsets = [o // frames for o in linear.integers("<TimeOffsets>")]
        self.affine_offsets = [o // frames for o in affine.integers("<TimeOffsets>")]
        self.linear = Affine(linear.matrix("<LinearParams>"), None)
        self.affine = Affine(affine.matrix("<LinearParams>"), affine.vector("<BiasParams>"))
        self.norm = FixedNorm(base[f"{name}.batchnorm"])
        self.dropout = dropout
        spliced = len(self.linear_offsets) > 1 or len(self.affine_offsets) > 1
        self.left = -self.linear_offsets[0] - self.affine_offsets[0] if spliced else 0

    def forward(self, x: Tensor) -> Tensor:
        hidden = self.linear(_splice(x, self.linear_offsets))
        hidden = self.norm(functional.relu(self.affine(_splice(hidden, self.affine_offsets))))
        if self.training and self.dropout:
            # Kaldi's dropout for TDNN-F: continuous, and the same over the whole utterance.
            shape = (hidden.shape[0], 1, hidden.shape[2])
            spread = torch.empty(shape, dtype=hidden.dtype).uniform_(-2.0, 2.0)
            hidden = hidden * (1 + self.dropout * spread)
        return hidden + _BYPASS * x[:, self.left : self.left + hidden.shape[1]]


class AcousticNetwork(nn.Module):
    """[batch, 2 · 34 + 3 · n − 2, 40] cepstra → [batch, n, units + 1] scores, before softmax."""

    def __init__(self, base: Nnet3File, outputs: int, *, dropout: float = 0.0) -> None:
        super().__init__()
        lda = base["lda"]
        # Three frames of cepstra come first, then the i-vector.
        self.register_buffer("lda", torch.tensor(lda.matrix("<LinearParams>")[:, : 3 * CEPSTRA]))
        self.register_buffer("lda_bias", torch.tensor(lda.vector("<BiasParams>")))
        first = base["tdnn1.affine"]
        self.first = Affine(first.matrix("<LinearParams>"), first.vector("<BiasParams>"))
        self.first_norm = FixedNorm(base["tdnn1.batchnorm"])
        names = sorted(
            (c.name.split(".")[0] for c in base.components if _is_factored(c.name)),
            key=lambda name: int(name.removeprefix("tdnnf")),
        )
        self.layers = nn.ModuleList(
            Factored(base, name, 1 if place < _FULL_RATE else SUBSAMPLING, dropout)
            for place, name in enumerate(names)
        )
        self.prefinal = Affine(base["prefinal-l"].matrix("<Params>"), None)
        chain = base["prefinal-chain.affine"]
        self.chain = Affine(chain.matrix("<LinearParams>"), chain.vector("<BiasParams>"))
        self.chain_norm = FixedNorm(base["prefinal-chain.batchnorm1"])
        narrow = base["prefinal-chain.linear"].matrix("<Params>")
        self.narrow = Affine(narrow, None)
        self.narrow_norm = FixedNorm(base["prefinal-chain.batchnorm2"])
        self.output = nn.Linear(narrow.shape[0], outputs)

    def forward(self, cepstra: Tensor) -> Tensor:
        x = torch.cat([cepstra[:, :-2], cepstra[:, 1:-1], cepstra[:, 2:]], -1)
        with torch.autocast("cpu", enabled=False):  # energies need more than eight bits
            x = functional.linear(x, self.lda, self.lda_bias)
        x = self.first_norm(functional.relu(self.first(x)))
        for place, layer in enumerate(self.layers):
            if place == _FULL_RATE:
                x = x[:, ::SUBSAMPLING]
            x = layer(x)
        x = self.chain_norm(functional.relu(self.chain(self.prefinal(x))))
        scores: Tensor = self.output(self.narrow_norm(self.narrow(x)))
        return scores

    def freeze_lower(self) -> None:
        """Keeps the layers before the subsampling, which hear sound rather than language."""
        for module in (self.first, *list(self.layers)[:_FULL_RATE]):
            for parameter in module.parameters():
                parameter.requires_grad = False

    def head_parameters(self) -> list[nn.Parameter]:
        modules = (self.chain, self.narrow, self.output)
        return [p for module in modules for p in module.parameters()]

    def trunk_parameters(self) -> list[nn.Parameter]:
        head = {id(p) for p in self.head_parameters()}
        return [p for p in self.parameters() if p.requires_grad and id(p) not in head]


def _is_factored(name: str) -> bool:
    return name.startswith("tdnnf") and name.endswith(".linear")


def _splice(x: Tensor, offsets: list[int]) -> Tensor:
    """Frames at two distances side by side; the time axis shrinks by their distance."""
    if len(offsets) == 1:
        return x
    ((early, late),) = pairwise(offsets)
    distance = late - early
    return torch.cat([x[:, :-distance], x[:, distance:]], -1)
