"""Real recordings with what is said in them: a folder that `EVAL_AUDIO` names."""

from dataclasses import dataclass
from pathlib import Path

from evaluation.speech.written import characters

TRANSCRIPTS = ("transcripts.tsv", "text")
"""The first that is there. Each line: a file, a tab or blanks, what is said (Kaldi's `text`)."""

SUFFIXES = ("", ".wav", ".flac", ".ogg", ".mp3", ".amr", ".alaw")
"""Kaldi's list leaves them out."""


class RecordingsError(ValueError):
    """The folder can't be used: one sentence with the file, the line and what to do."""


@dataclass(frozen=True)
class Recording:
    """One file with its transcript."""

    path: Path
    said: str
    """Bare Chinese characters."""


def read_recordings(folder: Path) -> list[Recording]:
    """All of them, in the order of the list; raises RecordingsError."""
    if not folder.is_dir():
        raise RecordingsError(f"EVAL_AUDIO={folder} is no folder: name one with recordings.")
    found = [folder / name for name in TRANSCRIPTS if (folder / name).is_file()]
    if not found:
        raise RecordingsError(
            f"{folder} has no {TRANSCRIPTS[0]}: write one, each line a file name, a tab and what"
            " is said."
        )
    try:
        lines = found[0].read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise RecordingsError(f"{found[0]} is not UTF-8: save it with this encoding.") from error
    recordings = [
        _recording(folder, found[0], number, line)
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]
    if not recordings:
        raise RecordingsError(f"{found[0]} is empty: name at least one recording in it.")
    return recordings


def _recording(folder: Path, listed: Path, number: int, line: str) -> Recording:
    where = f"{listed}:{number}"
    name, *rest = line.strip().split("\t" if "\t" in line else None, 1)
    if not rest:
        raise RecordingsError(f"{where}: expected a file name, a tab and what is said.")
    said = characters(rest[0].replace(" ", ""))
    if not said:
        raise RecordingsError(f"{where}: the transcript of {name} has no Chinese character.")
    for suffix in SUFFIXES:
        path = folder / f"{name.strip()}{suffix}"
        if path.is_file():
            return Recording(path, said)
    raise RecordingsError(f"{where}: there is no recording {name} in {folder}.")
