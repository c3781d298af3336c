"""`python -m evaluation.speech`: error rates of every speech model that is present."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from care.data_files import DataFileError
from care.settings import Settings, SettingsError, read_settings
from evaluation.speech import picture, report
from evaluation.speech.candidates import candidates
from evaluation.speech.measuring import Bench
from evaluation.speech.plan import babblers, groups
from evaluation.speech.recordings import Recording, RecordingsError, read_recordings
from evaluation.speech.rendering import Store
from evaluation.speech.report import Rows
from evaluation.speech.speakers import open_test_voice
from voice.audio.errors import AudioError
from voice.recognition.hearing import Hearing
from voice.recognition.model_folder import SpeechModelError
from voice.recognition.vosk_model import open_model
from voice.synthesis.port import SynthesisError

app = typer.Typer(add_completion=False, help=__doc__)
console = Console(highlight=False)
_WORKERS = os.cpu_count() or 1


@app.command()
def main(
    *,
    recordings: Annotated[
        Path | None, typer.Option(envvar="EVAL_AUDIO", help="A folder of real recordings.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Where the table and the picture go.")] = Path(
        "results"
    ),
    only_ours: Annotated[bool, typer.Option(help="No model but the one in use.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Only so many sentences a row.")] = None,
) -> None:
    """Prints a table a model; exits with 1 below the goals, with 2 when something is missing."""
    try:
        reached = evaluate(read_settings(), recordings, out, only_ours=only_ours, limit=limit)
    except (
        SettingsError,
        DataFileError,
        RecordingsError,
        AudioError,
        SpeechModelError,
        SynthesisError,
    ) as error:
        console.print(str(error), style="red", markup=False)
        raise typer.Exit(2) from error
    raise typer.Exit(0 if reached else 1)


def evaluate(
    settings: Settings, folder: Path | None, out: Path, *, only_ours: bool, limit: int | None
) -> bool:
    """Whether our model reaches the goals."""
    # What is cheap to find wrong comes before what takes minutes.
    real = read_recordings(folder) if folder else []
    rows = groups(limit)
    models = candidates(settings.speech_model, settings.speech_folder)
    store = Store(settings.speech_folder / "evaluation", open_test_voice(settings.speech_folder))
    hearing = Hearing.load(settings.data)
    said = [one for row in rows for one in row.utterances]
    store.render([*said, *babblers()], console, _WORKERS)
    results: dict[str, Rows] = {}
    for name, path in models.items():
        console.rule(name)
        bench = Bench(open_model(path), hearing, store, console, _WORKERS)
        found = bench.measure(rows)
        asked = bench.measure_numbers(limit)
        found |= {f"numbers {how}": scores for how, scores in asked.items()}
        found |= _real(bench, real)
        report.print_rows(name, found, console)
        results[name] = found
        if only_ours:
            break
    reached = report.judge(results[settings.speech_model.name], console)
    report.write(results, reached, out / "eval-speech.json")
    picture.draw(results, out / "eval-speech.png")
    console.print(f"{out / 'eval-speech.json'}, {out / 'eval-speech.png'}")
    return reached


def _real(bench: Bench, recordings: list[Recording]) -> Rows:
    return bench.measure_recordings(recordings) if recordings else {}


if __name__ == "__main__":
    app()
