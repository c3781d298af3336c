"""Whether a folder holds a Vosk model; Vosk itself ends the process over some that don't."""

from dataclasses import dataclass
from pathlib import Path


class SpeechModelError(RuntimeError):
    """A speech model that can't be used: one sentence with the folder, the problem, what to do."""


@dataclass(frozen=True)
class ModelFolder:
    """A folder with every file that Vosk needs."""

    path: Path
    words: frozenset[str]
    """The vocabulary, without Kaldi's own signs (<eps>, #0, <s>)."""

    takes_grammars: bool
    """Look-ahead graphs: a recogniser can be narrowed to some phrases at run time."""


_ADVICE = "fetch one with `hotline models fetch small-cn`, or point SPEECH_MODEL at another"
_SIGNS = frozenset({"<eps>", "#0", "<s>", "</s>"})
_LOOK_AHEAD = ("HCLr.fst", "Gr.fst", "disambig_tid.int")
_LARGEST_WORD_LIST = 200 * 2**20
"""Bytes; the official large model's has 20 MB."""


def read_model_folder(path: Path) -> ModelFolder:
    """Looks at every file that Vosk will open; raises SpeechModelError.

    Both of Vosk's layouts are known: am/, conf/ and graph/ (now), or all in one folder (older).
    """
    if not path.is_dir():
        problem = "is a file, not a folder" if path.exists() else "does not exist"
        raise SpeechModelError(f"The speech model folder {path} {problem}: {_ADVICE}.")
    nested = (path / "am").is_dir()
    graph = path / "graph" if nested else path
    needed = (
        (path / "am" / "final.mdl", path / "conf" / "mfcc.conf", path / "conf" / "model.conf")
        if nested
        else (path / "final.mdl", path / "mfcc.conf")
    )
    for file in (*needed, graph / "words.txt"):
        _must_hold_something(path, file)
    if nested:
        _must_name_silence(path, path / "conf" / "model.conf")
    takes_grammars = not (graph / "HCLG.fst").exists()
    for name in _LOOK_AHEAD if takes_grammars else ("HCLG.fst",):
        _must_hold_something(path, graph / name)
    if takes_grammars and not (graph / "disambig_tid.int").read_bytes().endswith(b"\n"):
        raise SpeechModelError(_damaged(path, "disambig_tid.int"))
    return ModelFolder(path, _words(path, graph / "words.txt"), takes_grammars)


def _must_hold_something(folder: Path, file: Path) -> None:
    try:
        if file.stat().st_size > 0:
            return
        problem = f"its file {file.relative_to(folder)} is empty"
    except OSError:
        problem = f"it has no file {file.relative_to(folder)}"
    raise SpeechModelError(f"{folder} is no complete speech model, {problem}: {_ADVICE}.")


def _must_name_silence(folder: Path, file: Path) -> None:
    """Vosk ends the process over a model that names no silence phones."""
    if b"--endpoint.silence-phones=" not in file.read_bytes():
        raise SpeechModelError(_damaged(folder, file.name))


def _damaged(folder: Path, name: str) -> str:
    return f"{folder} is no complete speech model, {name} is cut short or damaged: {_ADVICE}."


def _words(folder: Path, file: Path) -> frozenset[str]:
    broken = _damaged(folder, file.name)
    if file.stat().st_size > _LARGEST_WORD_LIST:
        raise SpeechModelError(broken)
    try:
        rows = [line.split() for line in file.read_text("utf-8").splitlines()]
    except UnicodeDecodeError as error:
        raise SpeechModelError(broken) from error
    if any(len(row) != 2 or not row[1].isdigit() for row in rows):
        raise SpeechModelError(broken)
    words = {row[0] for row in rows}
    # The signs of the language model stand at the end of the list.
    if not words >= _SIGNS:
        raise SpeechModelError(broken)
    return frozenset(words - _SIGNS)
