"""`python -m voice.model`: the steps that make the compact model, each to be run alone, too."""

import multiprocessing
import time
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.progress import track

from care.settings import read_settings
from voice.model.acoustic.sentences import Sentences, general_sentences

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
Folder = Annotated[Path, typer.Option(help="Where the corpora and checkpoints are.")]
WORK = Path("var/model")
_SENTENCES = 12_000
"""Made sentences of each kind; the domain's own come beside them."""


@app.command()
def recordings(archive: Path, work: Folder = WORK) -> None:
    """Takes the words and syllables of audio-cmn out of its tar."""
    from voice.model.acoustic.recordings import take_recordings

    words, syllables = take_recordings(archive, work / "words", work / "syllables")
    typer.echo(f"{words} words to train on, {syllables} syllables to check with")


@app.command()
def speech(arpa: Path, hours: float = 6.0, workers: int = 2, work: Folder = WORK) -> None:
    """Reads sentences aloud; about half a second of one core for a second of speech."""
    folders = [work / f"speech-{number}" for number in range(workers)]
    jobs = [
        multiprocessing.Process(target=_read_aloud, args=(arpa, folder, number, hours / workers))
        for number, folder in enumerate(folders)
    ]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
        if job.exitcode:
            raise typer.Exit(1)


@app.command()
def held_out(work: Folder = WORK) -> None:
    """Reads sentences of the development set in voices that are never trained on."""
    from voice.model.acoustic.corpus import Utterance, add
    from voice.model.acoustic.speakers import HELD_OUT, Speakers
    from voice.model.acoustic.speech import Reader, spoken_units
    from voice.synthesis.kokoro import open_kokoro

    folder = read_settings().speech_folder
    rng = np.random.default_rng(5)
    speakers = Speakers(folder / "voices")
    reader = Reader(open_kokoro(folder), speakers, Sentences((), (), ()), rng, work)
    texts = _development_sentences()
    chosen = [texts[int(place)] for place in rng.choice(len(texts), 96, replace=False)]
    for number, text in enumerate(track(chosen, "held-out voices")):
        name = list(HELD_OUT)[number % len(HELD_OUT)]
        units = spoken_units(text)
        if units is None:
            continue
        samples = reader.say(text, speakers.held_out(name), float(rng.uniform(0.75, 1.2)))
        seconds = round(len(samples) / 16_000, 3)
        entry = Utterance(f"wav/{number:04d}.wav", text, units, name, "development", seconds)
        add(work / "held-out", entry, samples)


@app.command()
def train(
    base: Path,
    minutes: float = 240,
    work: Folder = WORK,
    start: Annotated[Path | None, typer.Option(help="A state to go on from.")] = None,
) -> None:
    """Trains until its minutes are over; run again to go on from the checkpoint."""
    from voice.model.acoustic.training import Plan
    from voice.model.acoustic.training import train as run

    run(
        Plan(
            base=base,
            synthetic=tuple(sorted(work.glob("speech-*"))),
            recorded=work / "words",
            checks=(("syllables", work / "syllables"), ("held-out", work / "held-out")),
            checkpoint=work / "checkpoint.pt",
            minutes=minutes,
            start=start,
        )
    )


@app.command()
def export(
    base: Path,
    state: Path,
    folder: Path,
    blank_penalty: float = 1.5,
) -> None:
    """Writes the acoustic part of the folder that Vosk loads."""
    import torch

    from voice.model.acoustic.export import export as write
    from voice.model.acoustic.nnet3_file import read_nnet3

    weights = {name: value.numpy() for name, value in torch.load(state, weights_only=True).items()}
    decoding = (Path(__file__).parent / "decoding.conf").read_text()
    write(read_nnet3(base), weights, folder, blank_penalty=blank_penalty, decoding=decoding)


def _read_aloud(arpa: Path, folder: Path, seed: int, hours: float) -> None:
    from voice.model.acoustic.corpus import read_corpus
    from voice.model.acoustic.speakers import Speakers
    from voice.model.acoustic.speech import Reader
    from voice.synthesis.kokoro import open_kokoro

    # What is there already was made with other numbers: the corpus only grows.
    rng = np.random.default_rng((12_349, seed, len(read_corpus(folder))))
    speech_folder = read_settings().speech_folder
    sentences = _sentences(arpa, rng)
    kokoro, speakers = open_kokoro(speech_folder), Speakers(speech_folder / "voices")
    reader = Reader(kokoro, speakers, sentences, rng, folder)
    started, told = time.time(), 0.0
    while reader.seconds < hours * 3600:
        reader.read_one()
        if seed == 0 and time.time() - told > 30:
            told = time.time()
            passed = (told - started) / 60
            read = f"{reader.seconds / 3600:.2f} of {hours:.2f} h"
            typer.echo(f"{read} for each worker after {passed:.0f} min")


def _sentences(arpa: Path, rng: np.random.Generator) -> Sentences:
    from voice.model.language.domain_text import read_domain
    from voice.model.language.patterns import Names, Patterns

    settings = read_settings()
    domain = read_domain(settings.data)
    names = Names(settings.data / "lexicon" / "names.yml")
    lm = settings.data / "speech" / "zh-compact" / "lm"
    patterns = Patterns(lm / "patterns.yml", places=domain.places, names=names)
    return Sentences(
        domain=(*domain.utterances, *domain.terms, *domain.places),
        numbers=patterns.make(_SENTENCES),
        general=general_sentences(arpa, _SENTENCES, rng),
    )


def _development_sentences() -> list[str]:
    from care.data_files import read_yaml

    found = []
    for path in sorted(Path("tests/evaluation/development").glob("*.yml")):
        found += [str(entry["text"]) for entry in read_yaml(path)]
    return [text for text in found if len(text) >= 4]


if __name__ == "__main__":
    app()
