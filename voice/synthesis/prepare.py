"""Renders the fixed prompts: `python -m voice.synthesis.prepare [--all]`, part of the set-up.

Six minutes of one core the first time; what is there already is not made again, so it can be
interrupted and goes on where it stopped.
"""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from care.data_files import DATA, DataFileError
from care.settings import SettingsError, read_settings
from voice.call.mouth import brisk
from voice.synthesis.clause import Clause
from voice.synthesis.fixed import fixed_clauses, greeting_clauses
from voice.synthesis.port import Style, StyleError, SynthesisError
from voice.synthesis.speaker import Speaker, SpeechSettings, open_speaker
from voice.synthesis.voices import VoiceError

SYLLABLES = 2030
"""Rendered at set-up: about ten minutes of speech. The rest is kept when it is first said."""

console = Console(stderr=True)


def soonest(clauses: Iterable[Clause], syllables: int = SYLLABLES) -> list[Clause]:
    """As many of the first clauses as fit."""
    chosen: list[Clause] = []
    for clause in clauses:
        syllables -= clause.syllables
        if syllables < 0:
            break
        chosen.append(clause)
    return chosen


def prepare(speaker: Speaker, *, everything: bool = False, data: Path = DATA) -> int:
    """Renders what is missing, with a bar; returns how many clauses are there now.

    Raises SynthesisError when Kokoro is missing, DataFileError for the data.
    """
    known = _known(speaker.style, data)
    wanted = known if everything else {style: soonest(known[style]) for style in known}
    speaker.tidy(known)
    every = [clause for clauses in wanted.values() for clause in clauses]
    speaker.keep(clause for clauses in known.values() for clause in clauses)
    with Progress(console=console) as progress:
        bar = progress.add_task("prompts", total=sum(each.syllables for each in every))
        for style, clauses in wanted.items():
            for clause in speaker.render(clauses, style):
                progress.advance(bar, clause.syllables)
    return len(every)


def keep_up(speaker: Speaker, data: Path = DATA) -> None:
    """Renders in the background what changed since the set-up; for a thread beside the calls."""
    known = _known(speaker.style, data)
    speaker.keep(clause for clauses in known.values() for clause in clauses)
    for style, clauses in known.items():
        for _ in speaker.render(soonest(clauses), style):
            pass


def _known(style: Style, data: Path) -> Mapping[Style, list[Clause]]:
    """The project's own clauses, by how they are spoken."""
    return {brisk(style): greeting_clauses(data), style: fixed_clauses(data)}


def main(settings: SpeechSettings, arguments: list[str]) -> int:
    """Exit code: 0 when every prompt is there, 1 with a sentence if not, 130 for Ctrl-C."""
    try:
        speaker = open_speaker(settings)
        count = prepare(speaker, everything="--all" in arguments)
    except KeyboardInterrupt:
        console.print("Interrupted: what is rendered is kept, the next run goes on from there.")
        return 130
    except (SynthesisError, VoiceError, StyleError, DataFileError) as error:
        console.print(str(error), style="red", markup=False)
        return 1
    console.print(f"{count} prompts are rendered.")
    return 0


if __name__ == "__main__":
    try:
        code = main(read_settings(), sys.argv[1:])
    except SettingsError as problem:
        console.print(str(problem), style="red", markup=False)
        code = 1
    sys.exit(code)
