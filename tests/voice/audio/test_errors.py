"""The sentences about unreadable audio are checked when they are loaded."""

from pathlib import Path

import pytest

from care.data_files import DATA, DataFileError
from voice.audio.errors import AudioError, Sentences, audio_error

TEXT = (DATA / "speech" / "audio_errors.yml").read_text("utf-8")


def _folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "speech").mkdir()
    (tmp_path / "speech" / "audio_errors.yml").write_text(text, "utf-8")
    return tmp_path


def test_a_sentence_names_the_file_without_its_folder() -> None:
    error = audio_error("too_long", Path("/home/caller/通话.wav"), limit="4小时")
    assert isinstance(error, AudioError)
    assert str(error) == "“通话.wav”太长了,最长4小时,请分成几段。"


def test_an_unknown_placeholder_is_found_when_loading(tmp_path: Path) -> None:
    data = _folder(tmp_path, TEXT.replace("最长{limit}", "最长{most}"))
    with pytest.raises(DataFileError, match=r"too_long: unknown placeholder \{most\}"):
        Sentences.load(data)


def test_a_missing_sentence_is_named(tmp_path: Path) -> None:
    data = _folder(tmp_path, TEXT.replace("damaged:", "spoiled:"))
    with pytest.raises(DataFileError, match="damaged"):
        Sentences.load(data)
