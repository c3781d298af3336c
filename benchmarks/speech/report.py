"""What the benchmark of speech prints and keeps."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.speech.ears import Ears, Side
from benchmarks.speech.load import LATEST
from benchmarks.speech.times import Times
from benchmarks.speech.voice import Voice


@dataclass(frozen=True)
class Goal:
    """The most that a figure may be, in milliseconds."""

    name: str
    found: float
    limit: float


def goals(voice: Voice) -> list[Goal]:
    """What was promised of the voice, on an idle machine."""
    return [
        Goal("first sound of the dialogues' replies, median", voice.replies.median, 350.0),
        Goal("first sound of wholly new text, median", voice.new.median, 700.0),
        Goal("first sound of what is cached, median", voice.cached.median, 2.0),
        Goal("A-law, for a second of speech", voice.alaw.median, 1.0),
        Goal("A-law live, for a second of speech", voice.alaw_live.median, 1.0),
    ]


def report(ears: Ears, voice: Voice, path: Path, console: Console) -> bool:
    """Prints all figures and writes them as JSON; whether every goal is reached."""
    console.print(_ears(ears))
    console.print(_calls(ears))
    console.print(_voice(voice))
    reached = True
    for goal in goals(voice):
        passed = goal.found <= goal.limit
        reached = reached and passed
        console.print(
            f"{'pass' if passed else 'MISS'}  {goal.name}: {goal.found:.2f} ms,"
            f" at most {goal.limit:g}",
            style="green" if passed else "red",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"ears": ears.as_dict(), "voice": voice.as_dict(), "reached": reached}
    path.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    return reached


def _ears(ears: Ears) -> Table:
    table = Table("hearing, one call, 8 kHz A-law", "")
    table.add_row("real-time factor, whole vocabulary", f"{ears.open_factor:.3f}")
    if ears.digits_factor is not None:
        table.add_row("real-time factor, narrowed to digits", f"{ears.digits_factor:.3f}")
    table.add_row("the model", f"{ears.model_mib:.0f} MiB, loaded in {ears.load_seconds:.1f} s")
    return table


def _calls(ears: Ears) -> Table:
    table = Table(
        f"calls at once ({ears.cores} cores, 95 % of chunks within {LATEST * 1000:.0f} ms)",
        "ours (8 kHz A-law)",
        "plain WebSocket loop (16 kHz)",
        "ratio",
    )
    for name, ours, plain, places in _sides(ears.ours, ears.plain, ears.cores):
        ratio = f"{ours / plain:.2f}" if plain else "-"
        table.add_row(name, f"{ours:.{places}f}", f"{plain:.{places}f}", ratio)
    return table


def _sides(ours: Side, plain: Side, cores: int) -> Iterator[tuple[str, float, float, int]]:
    held = [side.load.calls if side.load.holds else 0 for side in (ours, plain)]
    yield "calls held", held[0], held[1], 0
    yield "calls a core", held[0] / cores, held[1] / cores, 1
    yield "work for a second of all of them, s", ours.load.factor, plain.load.factor, 2
    yield "95 % of chunks within, ms", ours.load.p95 * 1000, plain.load.p95 * 1000, 0
    yield "processor time for a second of a call, s", ours.cpu, plain.cpu, 3
    yield "memory a call, MiB", ours.mib, plain.mib, 2


def _voice(voice: Voice) -> Table:
    table = Table("speaking", "median ms", "p95 ms", "times")
    rows: list[tuple[str, Times]] = [
        ("first sound, replies of the dialogues", voice.replies),
        ("first sound, wholly new text", voice.new),
        ("first sound, cached", voice.cached),
        ("first sound, six new texts at once", voice.crowd),
        ("A-law for a second of speech", voice.alaw),
        ("A-law live, in chunks", voice.alaw_live),
        ("fallback, a short clause", voice.fallback),
    ]
    for name, one in rows:
        table.add_row(name, f"{one.median:.2f}", f"{one.p95:.2f}", str(one.count))
    table.add_row("waiting in the queue, six at once (mean)", f"{voice.waited:.0f}", "", "")
    table.add_row("processor time for a second of speech, s", f"{voice.cpu:.2f}", "", "")
    return table
