"""What the understanding evaluation prints and keeps: tables, JSON, Markdown and pictures."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from evaluation.picture import draw
from evaluation.scores import Reading, Scores, entity_errors, score

TITLES = {
    "clean": "clean (two thirds)",
    "noisy": "noisy (one third)",
    "all_clean": "whole set, clean",
    "all_noisy": "whole set, noisy",
}


def report(readings: dict[str, list[Reading]], out: Path, console: Console) -> dict[str, Scores]:
    """Prints the tables, writes the files into `out`, and returns the scores of each set."""
    scores = {name: score(group) for name, group in readings.items() if group}
    console.print(_summary(scores))
    for name, one in scores.items():
        if one.confusions:
            console.print(_confusions(TITLES[name], one))
    for name in ("clean", "noisy"):
        if name in scores:
            console.print(_kinds(TITLES[name], scores[name]))
    out.mkdir(parents=True, exist_ok=True)
    for name, group in readings.items():
        if group:
            draw(group, out / f"confusions_{name}.png", f"Intents, {TITLES[name]}")
    _write_json(readings, scores, out / "understanding.json")
    (out / "understanding.md").write_text(markdown(scores), "utf-8")
    return scores


def markdown(scores: dict[str, Scores]) -> str:
    """The summary and the weakest intents, as Markdown."""
    lines = [
        "# Understanding",
        "",
        "| set | utterances | accuracy | weighted F1 | macro F1 | entity F1 |",
        "|---|---|---|---|---|---|",
    ]
    for name, group in scores.items():
        lines.append(
            f"| {TITLES[name]} | {group.count} | {group.accuracy:.3f} | {group.weighted.f1:.3f} "
            f"| {group.macro.f1:.3f} | {group.entities.f1:.3f} |"
        )
    for name, group in scores.items():
        lines += ["", f"## {TITLES[name]}", "", f"![confusions](confusions_{name}.png)", ""]
        lines += ["| intent | precision | recall | F1 | utterances |", "|---|---|---|---|---|"]
        for intent, one in sorted(group.intents.items(), key=lambda item: item[1].f1):
            lines.append(
                f"| {intent} | {one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f} "
                f"| {one.support} |"
            )
    return "\n".join(lines) + "\n"


def _summary(scores: dict[str, Scores]) -> Table:
    table = Table("set", "utterances", "accuracy", "weighted F1", "macro F1", "entity P/R/F1")
    for name, group in scores.items():
        entities = group.entities
        table.add_row(
            TITLES[name],
            str(group.count),
            f"{group.accuracy:.3f}",
            f"{group.weighted.f1:.3f}",
            f"{group.macro.f1:.3f}",
            f"{entities.precision:.3f} / {entities.recall:.3f} / {entities.f1:.3f}",
        )
    return table


def _confusions(title: str, scores: Scores) -> Table:
    table = Table("meant", "precision", "recall", "F1", "understood as", title=title)
    for intent in sorted({meant for meant, _, _ in scores.confusions}):
        one = scores.intents[intent]
        others = "  ".join(f"{b} {n}" for a, b, n in scores.confusions if a == intent)
        table.add_row(intent, f"{one.precision:.2f}", f"{one.recall:.2f}", f"{one.f1:.2f}", others)
    return table


def _kinds(title: str, scores: Scores) -> Table:
    table = Table("entity", "precision", "recall", "F1", "meant", title=title)
    for kind, one in scores.kinds.items():
        table.add_row(
            kind, f"{one.precision:.2f}", f"{one.recall:.2f}", f"{one.f1:.2f}", str(one.support)
        )
    return table


def _write_json(readings: dict[str, list[Reading]], scores: dict[str, Scores], path: Path) -> None:
    content = {
        name: {**asdict(scores[name]), "errors": [_error(one) for one in group if _wrong(one)]}
        for name, group in readings.items()
        if group
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _wrong(reading: Reading) -> bool:
    return not reading.right or any(entity_errors(reading))


def _error(reading: Reading) -> dict[str, Any]:
    missing, invented = entity_errors(reading)
    return {
        "said": reading.utterance.text,
        "heard": reading.heard,
        "meant": reading.utterance.intent,
        "understood": reading.intent,
        "confidence": round(reading.confidence, 3),
        "missing": [f"{named.kind}={named.value}" for named in missing],
        "invented": [f"{named.kind}={named.value}" for named in invented],
    }
