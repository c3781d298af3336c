"""Understanding of single utterances, and whole dialogues, with a running assistant."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from care.clock import system_clock
from evaluation import dialogue_report, report
from evaluation.chat import chat_over_http
from evaluation.cited import cited_texts
from evaluation.dialogue_file import Dialogue, load_dialogues, load_phrases
from evaluation.dialogues import hold
from evaluation.guard import orderly
from evaluation.server import ServerError
from evaluation.system import assistant, dialogue_server
from evaluation.understanding import rasa, read_all
from evaluation.utterances import BLIND, DEVELOPMENT, load_utterances

app = typer.Typer(add_completion=False, help=__doc__)
console = Console()

Limit = Annotated[int | None, typer.Option(help="Only the first so many.")]
Seed = Annotated[int, typer.Option(help="Of the simulated recogniser.")]
Out = Annotated[Path, typer.Option(help="Where tables and pictures go.")]
CleanGoal = Annotated[float, typer.Option(help="Least F1 on clean text.")]
NoisyGoal = Annotated[float, typer.Option(help="Least F1 on noisy text.")]
Goal = Annotated[float, typer.Option(help="Least share of dialogues that succeed.")]


@app.command()
def understanding(
    *,
    rasa_url: Annotated[str, typer.Option("--rasa", help="The dialogue server.")],
    limit: Limit = None,
    seed: Seed = 12349,
    out: Out = Path("results"),
    clean_goal: CleanGoal = 0.97,
    noisy_goal: NoisyGoal = 0.93,
) -> None:
    """Intent and entity F1; exits with 1 below the goals and with 2 when the server is away."""
    with _server_errors():
        reached = _understanding(
            rasa_url, limit, seed, out, {"clean": clean_goal, "noisy": noisy_goal}
        )
    raise typer.Exit(0 if reached else 1)


@app.command()
def dialogues(
    *,
    api: Annotated[str, typer.Option(help="The assistant.")],
    limit: Limit = None,
    tag: Annotated[str | None, typer.Option(help="Only dialogues with this tag.")] = None,
    name: Annotated[str | None, typer.Option(help="Only dialogues whose name has this.")] = None,
    out: Out = Path("results"),
    goal: Goal = 0.97,
) -> None:
    """End-to-end success; exit 1 below the goal or for an invented figure, 2 when away."""
    chosen = [
        one
        for one in load_dialogues()
        if (tag is None or tag in one.tags) and (name is None or name in one.name)
    ][:limit]
    if not chosen:
        console.print("no dialogue fits these options", style="red")
        raise typer.Exit(2)
    with _server_errors():
        reached = _dialogues(api, chosen, out, goal)
    raise typer.Exit(0 if reached else 1)


@app.command(name="all")
def everything(
    *,
    limit: Limit = None,
    seed: Seed = 12349,
    out: Out = Path("results"),
    clean_goal: CleanGoal = 0.97,
    noisy_goal: NoisyGoal = 0.93,
    goal: Goal = 0.97,
) -> None:
    """Both, each with a server started for the purpose and stopped afterwards."""
    goals = {"clean": clean_goal, "noisy": noisy_goal}
    with _server_errors():
        with dialogue_server() as url:
            understood = _understanding(url, limit, seed, out, goals)
        with assistant() as url:
            held = _dialogues(url, load_dialogues()[:limit], out, goal)
    raise typer.Exit(0 if understood and held else 1)


def _understanding(
    url: str, limit: int | None, seed: int, out: Path, goals: dict[str, float]
) -> bool:
    """Whether the goals (least F1, by the set's name) are reached on the blind test set."""
    console.rule("development set (its errors were looked at)")
    seen = read_all(load_utterances(DEVELOPMENT)[:limit], rasa(url), seed=seed)
    report.report(seen, out / "development", console)
    console.rule("test set (blind)")
    readings = read_all(load_utterances(BLIND)[:limit], rasa(url), seed=seed)
    scores = report.report(readings, out, console)
    below = [
        f"{name} {what}: F1 {f1:.3f} is below {goals[name]}"
        for name, group in scores.items()
        if name in goals
        for what, f1 in (("intents", group.weighted.f1), ("entities", group.entities.f1))
        if f1 < goals[name]
    ]
    for line in below:
        console.print(line, style="red")
    return not below


def _dialogues(url: str, chosen: list[Dialogue], out: Path, goal: float) -> bool:
    """Whether the goal is reached and no figure is invented."""
    chat, phrases, cited = chat_over_http(url), load_phrases(), cited_texts()
    results = [
        hold(one, chat, phrases=phrases, cited=cited.__getitem__, today=system_clock().date())
        for one in track(chosen, description="dialogues", console=console)
    ]
    rate = dialogue_report.report(results, out, console)
    return rate >= goal and not any(result.invented for result in results)


@contextmanager
def _server_errors() -> Iterator[None]:
    try:
        yield
    except ServerError as error:
        console.print(str(error), style="red", markup=False)
        raise typer.Exit(2) from error


if __name__ == "__main__":
    orderly()
    app()
