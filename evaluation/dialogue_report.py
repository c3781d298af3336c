"""What the dialogue evaluation prints and keeps."""

import json
from collections import defaultdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from evaluation.dialogues import Result


def report(results: list[Result], out: Path, console: Console) -> float:
    """Prints failures with their transcripts and the rates by tag, writes JSON and Markdown.

    Returns the share (0–1) of dialogues without any problem.
    """
    for result in results:
        if not result.passed:
            _print_failure(result, console)
    rates = _by_tag(results)
    table = Table("tag", "passed", "dialogues", "rate", title="Dialogues")
    for tag, (passed, count) in rates.items():
        table.add_row(tag, str(passed), str(count), f"{passed / count:.3f}")
    console.print(table)
    invented = sum(result.invented for result in results)
    console.print(f"replies with a figure that nothing accounts for: {invented}")
    out.mkdir(parents=True, exist_ok=True)
    content = {
        "rates": {tag: {"passed": p, "count": n} for tag, (p, n) in rates.items()},
        "invented": invented,
        "failures": [_as_dict(result) for result in results if not result.passed],
    }
    (out / "dialogues.json").write_text(
        json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    (out / "dialogues.md").write_text(_markdown(results, rates, invented), "utf-8")
    passed, count = rates["all"]
    return passed / count


def _by_tag(results: list[Result]) -> dict[str, tuple[int, int]]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for result in results:
        for tag in ("all", *result.dialogue.tags):
            counts[tag][0] += result.passed
            counts[tag][1] += 1
    return {tag: (passed, count) for tag, (passed, count) in counts.items()}


def _print_failure(result: Result, console: Console) -> None:
    console.rule(result.dialogue.name)
    for line in _transcript(result):
        console.print(line, markup=False, highlight=False)
    for problem in result.problems:
        console.print(f"  ✗ {problem}", style="red", markup=False)


def _transcript(result: Result) -> list[str]:
    lines = []
    for said, answer in result.transcript:
        lines.append(f"  > {said}")
        for reply in answer.replies:
            cites = f"  {reply.cites}" if reply.cites else ""
            lines.append(f"    {reply.text}{cites}")
        flags = [name for name, up in answer.flags.model_dump().items() if up]
        if flags:
            lines.append(f"    [{', '.join(flags)}]")
    return lines


def _as_dict(result: Result) -> dict[str, object]:
    return {
        "name": result.dialogue.name,
        "problems": result.problems,
        "transcript": _transcript(result),
    }


def _markdown(results: list[Result], rates: dict[str, tuple[int, int]], invented: int) -> str:
    lines = ["# Dialogues", "", "| tag | passed | dialogues | rate |", "|---|---|---|---|"]
    lines += [f"| {tag} | {p} | {n} | {p / n:.3f} |" for tag, (p, n) in rates.items()]
    lines += ["", f"Replies with a figure that nothing accounts for: {invented}", ""]
    for result in results:
        if not result.passed:
            lines += [f"## {result.dialogue.name}", "", "```", *_transcript(result), "```", ""]
            lines += [f"- {problem}" for problem in result.problems]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"
