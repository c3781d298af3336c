"""`hotline transcribe`: streaming, many files, and bad ones among them."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from rich.console import Console

from hotline.transcribe import JsonPrinter, TextPrinter, transcribe
from tests.voice.recognition.conftest import hearing, model_folder
from tests.voice.recognition.said import SAID
from voice.recognition.hearing import Hearing

__all__ = ["hearing", "model_folder"]

HOW_FAR, SERVICES = SAID


@pytest.fixture
def errors() -> Console:
    return Console(file=io.StringIO(), width=200)


def events(
    paths: list[Path], model: Path, hearing: Hearing, errors: Console, partials: bool = True
) -> tuple[int, list[dict[str, object]]]:
    out = io.StringIO()
    code = transcribe(
        paths, model, JsonPrinter(hearing, out, errors), errors=errors, partials=partials
    )
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def test_partial_and_final_text_as_json(
    model_folder: Path, hearing: Hearing, errors: Console
) -> None:
    code, lines = events([SERVICES], model_folder, hearing, errors)
    assert code == 0
    assert [line["event"] for line in lines[:-1]] == ["partial"] * (len(lines) - 1)
    final = lines[-1]
    assert len(lines) >= 4
    assert final["event"] == "final"
    assert str(final["text"]).startswith("12349")
    assert "服务" in str(final["text"])
    assert final["words"]


def test_text_for_people(model_folder: Path, hearing: Hearing, errors: Console) -> None:
    out = Console(file=io.StringIO(), width=200)
    printer = TextPrinter(hearing, out, errors, names=True)
    assert (
        transcribe([HOW_FAR, SERVICES], model_folder, printer, errors=errors, partials=False) == 0
    )
    assert isinstance(out.file, io.StringIO)
    lines = out.file.getvalue().splitlines()
    assert lines[0] == f"{HOW_FAR}:"
    assert "12349" in lines[-1]
    assert not any("…" in line for line in lines)


def test_bad_files_are_told_and_the_others_go_on(
    model_folder: Path, hearing: Hearing, errors: Console, tmp_path: Path
) -> None:
    text, empty, none = tmp_path / "notes.wav", tmp_path / "empty.wav", tmp_path / "none.wav"
    text.write_text("no sound")
    empty.touch()
    code, lines = events(
        [text, empty, none, HOW_FAR], model_folder, hearing, errors, partials=False
    )
    assert code == 1
    assert [line["event"] for line in lines] == ["error", "error", "error", "final"]
    assert isinstance(errors.file, io.StringIO)
    sentences = errors.file.getvalue().splitlines()
    assert len(sentences) == 3
    assert all(
        name in line for name, line in zip(("notes", "empty", "none"), sentences, strict=True)
    )


def test_silence_is_an_empty_transcript(
    model_folder: Path, hearing: Hearing, errors: Console, tmp_path: Path
) -> None:
    for size in (1, 8_000):
        soundfile.write(tmp_path / f"{size}.wav", np.zeros(size, np.float32), 8_000)
    paths = [tmp_path / "1.wav", tmp_path / "8000.wav"]
    code, lines = events(paths, model_folder, hearing, errors)
    assert code == 0
    assert [(line["event"], line["text"]) for line in lines] == [("final", "")] * 2


def test_without_a_model(hearing: Hearing, errors: Console, tmp_path: Path) -> None:
    code, lines = events([HOW_FAR], tmp_path / "none", hearing, errors)
    assert (code, lines) == (1, [])
    assert isinstance(errors.file, io.StringIO)
    assert "hotline models fetch" in errors.file.getvalue()


def resident() -> int:
    """Bytes of this process in memory (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def test_hundreds_of_files_leave_nothing_behind(
    model_folder: Path, hearing: Hearing, errors: Console, tmp_path: Path
) -> None:
    path = tmp_path / "short.wav"
    soundfile.write(path, np.zeros(400, np.float32), 8_000)
    assert events([path] * 50, model_folder, hearing, errors)[0] == 0
    before = resident()
    code, lines = events([path] * 250, model_folder, hearing, errors)
    assert (code, len(lines)) == (0, 250)
    # The second model that was opened may not be given back at once.
    size = sum(file.stat().st_size for file in model_folder.rglob("*") if file.is_file())
    assert resident() - before < 2 * size + 6 * 2**20
