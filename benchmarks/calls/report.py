"""What the benchmark of calls prints and keeps."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.calls.figures import Answers, Wait
from benchmarks.calls.ladder import LATEST, held, next_rung
from benchmarks.calls.measuring import TELEPHONES, Results


@dataclass(frozen=True)
class Goal:
    """The most that a figure may be."""

    name: str
    found: float
    limit: float


def goals(results: Results) -> list[Goal]:
    """What was promised; seconds after the end of the caller's speech, silence included."""
    ours, plain = results.ours, results.plain
    return [
        Goal("yes or no, p50, s", ours.yes_no.p50, 0.75),
        Goal("complete requests, p50, s", ours.requests.p50, 0.75),
        Goal("all turns, p95, s", ours.every.p95, LATEST),
        Goal("ratio to the plain stack, p50", ours.every.p50 / plain.every.p50, 0.4),
        Goal("ratio to the plain stack, p95", ours.every.p95 / plain.every.p95, 0.4),
    ]


def report(results: Results, path: Path, console: Console) -> bool:
    """Prints all figures and writes them as JSON; whether every goal is reached."""
    console.print(_answers(results))
    console.print(_more(results))
    console.print(_ladder(results))
    count = held(results.rungs)
    more = "" if next_rung(results.rungs) is None else " or more: the time was up"
    console.print(f"calls at once with 95 % of the answers within {LATEST} s: {count}{more}")
    reached = True
    for goal in goals(results):
        passed = goal.found <= goal.limit
        reached = reached and passed
        word, colour = ("pass", "green") if passed else ("MISS", "red")
        told = f"{word}  {goal.name}: {goal.found:.2f}, at most {goal.limit:g}"
        console.print(told, style=colour)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {**asdict(results), "held": count, "reached": reached}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return reached


def _answers(results: Results) -> Table:
    table = Table(
        f"end of speech to first sound, s ({TELEPHONES} calls at once)",
        "ours p50",
        "p95",
        "plain p50",
        "p95",
        "ratio p50",
        "p95",
        "turns",
    )
    for name, ours, plain in _pairs(results.ours, results.plain):
        table.add_row(
            name,
            f"{ours.p50:.2f}",
            f"{ours.p95:.2f}",
            f"{plain.p50:.2f}",
            f"{plain.p95:.2f}",
            f"{ours.p50 / plain.p50:.2f}",
            f"{ours.p95 / plain.p95:.2f}",
            f"{ours.count} / {plain.count}",
        )
    return table


def _pairs(ours: Answers, plain: Answers) -> list[tuple[str, Wait, Wait]]:
    return [
        ("yes or no", ours.yes_no, plain.yes_no),
        ("complete requests", ours.requests, plain.requests),
        ("both", ours.whole, plain.whole),
        ("both, the answer itself", ours.whole_answer, plain.whole_answer),
        ("all turns", ours.every, plain.every),
        ("all turns, the answer itself", ours.every_answer, plain.every_answer),
    ]


def _more(results: Results) -> Table:
    table = Table("", "ours", "plain")
    ours, plain = results.ours, results.plain
    table.add_row("turns with a filler first", str(ours.fillers), "-")
    table.add_row("turns without an answer", str(ours.unanswered), str(plain.unanswered))
    table.add_row("turns that were talked into", str(ours.talked_into), str(plain.talked_into))
    table.add_row("turns with over 1.5 s of dead air", str(ours.dead_air), str(plain.dead_air))
    table.add_row(
        "longest wait for an answer, s", f"{ours.every_answer.most:.2f}", f"{plain.every.most:.2f}"
    )
    for name, found in (
        ("interruption to silence, s", results.stopped),
        ("end of emergency words to alarm kept, s", results.alarm_after_words),
        ("partial text to alarm kept, s", results.alarm_after_partial),
        ("partial text to the alarm's own time, s", results.alarm_raised),
    ):
        table.add_row(name, _told(found), "-")
    table.add_row("interruptions that didn't stop us", str(results.not_stopped), "-")
    table.add_row("emergencies without an alarm", str(results.no_alarm), "-")
    table.add_row("cores at work", f"{results.busy_ours:.0%}", f"{results.busy_plain:.0%}")
    table.add_row("load of the machine", f"{results.load_ours:.1f}", f"{results.load_plain:.1f}")
    return table


def _told(found: Wait | None) -> str:
    if found is None:
        return "-"
    return f"p50 {found.p50:.2f}, p95 {found.p95:.2f}, most {found.most:.2f} ({found.count})"


def _ladder(results: Results) -> Table:
    table = Table(
        "calls at once",
        "first p50",
        "p95",
        "answer p95",
        "turns",
        "no answer",
        "dead air",
        "cores a call",
        "cores at work",
        "load",
        "",
    )
    for rung in sorted(results.rungs, key=lambda each: each.calls):
        table.add_row(
            str(rung.calls),
            f"{rung.first.p50:.2f}",
            f"{rung.first.p95:.2f}",
            f"{rung.answer.p95:.2f}",
            str(rung.first.count),
            str(rung.unanswered),
            str(rung.dead_air),
            f"{rung.cores:.2f}",
            f"{rung.busy:.0%}",
            f"{rung.load:.1f}",
            "holds" if rung.holds else "too late",
        )
    return table
