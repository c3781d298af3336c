"""Trains the network with CTC on the CPU, in one process a core.

Long training is spread over runs: a checkpoint holds everything that the next run needs.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import Tensor
from torch.nn import functional

from voice.model.acoustic.batches import Batch, Mix
from voice.model.acoustic.checking import unit_error_rate
from voice.model.acoustic.corpus import Utterance, read_corpus
from voice.model.acoustic.network import AcousticNetwork
from voice.model.acoustic.nnet3_file import read_nnet3
from voice.model.units import UNITS

_DRAW = 4
"""Batches that are drawn together and sorted by length."""


@dataclass(frozen=True)
class Plan:
    """One run."""

    base: Path
    """`final.mdl` that the trunk comes from."""
    synthetic: tuple[Path, ...]
    """Corpora of synthetic speech; they may still be growing."""
    recorded: Path
    """Corpus of real words."""
    checks: tuple[tuple[str, Path], ...]
    """Corpora that are never trained on, by name; the first decides which state is kept."""
    checkpoint: Path
    minutes: float
    start: Path | None = None
    """A state of an earlier training to go on from, with new data or other rates."""
    workers: int = 2
    batch: int = 16
    """Utterances in a batch of one worker."""
    head_rate: float = 2e-3
    trunk_rate: float = 6e-4
    recorded_share: float = 0.25
    dropout: float = 0.1
    averaged: float = 0.998
    """Decay of the running mean of the weights, which is what is kept."""
    check_every: int = 250
    """Steps."""


def train(plan: Plan) -> None:
    """Runs until its minutes are over; best and last states lie beside the checkpoint."""
    plan.checkpoint.parent.mkdir(parents=True, exist_ok=True)
    address = plan.checkpoint.with_suffix(".sync")
    address.unlink(missing_ok=True)
    mp.spawn(_work, (plan, f"file://{address}", time.time()), plan.workers)


def _work(rank: int, plan: Plan, address: str, started: float) -> None:
    torch.set_num_threads(1)
    dist.init_process_group("gloo", address, rank=rank, world_size=plan.workers)
    try:
        _Run(rank, plan, started, time.time).go()
    finally:
        dist.destroy_process_group()


class _Run:
    def __init__(self, rank: int, plan: Plan, started: float, clock: Callable[[], float]) -> None:
        self.rank, self.plan, self.started, self.clock = rank, plan, started, clock
        torch.manual_seed(1)
        base = read_nnet3(plan.base)
        self.network = AcousticNetwork(base, len(UNITS) + 1, dropout=plan.dropout)
        self.mean = AcousticNetwork(base, len(UNITS) + 1)
        self.network.freeze_lower()
        groups = [
            {"params": self.network.head_parameters(), "lr": plan.head_rate},
            {"params": self.network.trunk_parameters(), "lr": plan.trunk_rate},
        ]
        self.optimiser = torch.optim.Adam(groups)
        self.rates = [plan.head_rate, plan.trunk_rate]
        self.step = 0
        self.best = float("inf")
        if plan.checkpoint.exists():
            self._resume(torch.load(plan.checkpoint, weights_only=True))
        else:
            if plan.start:
                self.network.load_state_dict(torch.load(plan.start, weights_only=True))
            self.mean.load_state_dict(self.network.state_dict())
        self.first_step = self.step
        self.rng = np.random.default_rng((self.step, rank))

    def go(self) -> None:
        loss = 0.0
        mix = Mix(self._synthetic(), read_corpus(self.plan.recorded), self.rng)
        while not self._over():
            for batch in mix.batches(_DRAW, self.plan.batch, self.plan.recorded_share):
                loss = 0.98 * loss + 0.02 * self._learn(batch) if loss else self._learn(batch)
            if self.step % self.plan.check_every < _DRAW:
                if self.rank == 0:
                    self._check(loss, len(mix.synthetic))
                mix.synthetic = self._synthetic()  # it may have grown
        if self.rank == 0:
            self._check(loss, len(mix.synthetic))

    def _synthetic(self) -> list[Utterance]:
        return [u for folder in self.plan.synthetic for u in read_corpus(folder)]

    def _learn(self, batch: Batch) -> float:
        share = self._progress()
        warm = min(1.0, (self.step - self.first_step + 1) / 100)
        for group, rate in zip(self.optimiser.param_groups, self.rates, strict=True):
            group["lr"] = rate * warm * (1 if share < 0.3 else max(0.02, (1 - share) / 0.7))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = self.network(batch.cepstra)
        loss = ctc_loss(scores.float(), batch)
        self.optimiser.zero_grad()
        loss.backward()
        self._share_gradients()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 5)
        self.optimiser.step()
        with torch.no_grad():
            decay = min(self.plan.averaged, (self.step + 1) / (self.step + 10))
            for mean, now in zip(self.mean.parameters(), self.network.parameters(), strict=True):
                mean.lerp_(now, 1 - decay)
        self.step += 1
        return float(loss.detach())

    def _share_gradients(self) -> None:
        """The mean over all workers, in one message."""
        gradients = [p.grad for p in self.network.parameters() if p.grad is not None]
        flat = torch.cat([g.flatten() for g in gradients])
        dist.all_reduce(flat)
        flat /= self.plan.workers
        torch._foreach_copy_(gradients, _like(flat, gradients))

    def _progress(self) -> float:
        return (self.clock() - self.started) / (self.plan.minutes * 60)

    def _over(self) -> bool:
        """Decided by the first worker, so that none waits for another that has stopped."""
        over = torch.tensor([1.0 if self._progress() >= 1 else 0.0])
        dist.broadcast(over, 0)
        return bool(over)

    def _check(self, loss: float, utterances: int) -> None:
        rates = [
            (name, unit_error_rate(self.mean, read_corpus(folder)))
            for name, folder in self.plan.checks
        ]
        passed = (self.clock() - self.started) / 60
        shown = "  ".join(f"{name} {rate:.2%}" for name, rate in rates)
        pace = passed * 60 / max(1, self.step - self.first_step)
        print(
            f"{passed:5.1f} min  step {self.step}  loss {loss:.3f}  {shown}  "
            f"({pace:.2f} s a step, {utterances} synthetic)",
            flush=True,
        )
        if rates[0][1] < self.best:
            self.best = rates[0][1]
            torch.save(self.mean.state_dict(), self.plan.checkpoint.with_suffix(".best.pt"))
        torch.save(self.mean.state_dict(), self.plan.checkpoint.with_suffix(".last.pt"))
        state = {
            "network": self.network.state_dict(),
            "mean": self.mean.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "best": self.best,
        }
        torch.save(state, self.plan.checkpoint)

    def _resume(self, state: dict[str, Any]) -> None:
        self.network.load_state_dict(state["network"])
        self.mean.load_state_dict(state["mean"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step = int(state["step"])
        self.best = float(state["best"])


def ctc_loss(scores: Tensor, batch: Batch) -> Tensor:
    """For each label; [batch, frames, units + 1] scores before softmax."""
    logs = functional.log_softmax(scores, -1).transpose(0, 1)
    total = functional.ctc_loss(
        logs,
        batch.labels,
        batch.lengths,
        batch.label_lengths,
        reduction="sum",
        zero_infinity=True,
    )
    return total / batch.label_lengths.sum()


def _like(flat: Tensor, shapes: list[Tensor]) -> list[Tensor]:
    parts = flat.split([shape.numel() for shape in shapes])
    return [part.view_as(shape) for part, shape in zip(parts, shapes, strict=True)]
