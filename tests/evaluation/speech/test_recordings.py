"""Folders of real recordings, well and badly made."""

from pathlib import Path

import pytest

from evaluation.speech.recordings import RecordingsError, read_recordings


def _folder(path: Path, transcripts: str, name: str = "transcripts.tsv") -> Path:
    for recording in ("a.wav", "b.flac"):
        (path / recording).touch()
    (path / name).write_text(transcripts, "utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "transcripts"),
    [
        ("transcripts.tsv", "a.wav\t我要订饭\n\nb.flac\t两份\n"),
        ("transcripts.tsv", "\ufeffa.wav\t我要订饭。\r\nb.flac\t2份\r\n"),
        ("text", "a 我 要 订饭\nb 两份\n"),
    ],
)
def test_both_kinds_of_list(tmp_path: Path, name: str, transcripts: str) -> None:
    first, second = read_recordings(_folder(tmp_path, transcripts, name))
    assert (first.path.name, first.said) == ("a.wav", "我要订饭")
    assert (second.path.name, second.said) == ("b.flac", "两份")


@pytest.mark.parametrize(
    ("transcripts", "sentence"),
    [
        ("a.wav\t我要订饭\nb.flac\n", "transcripts.tsv:2: expected a file name"),
        ("a.wav\t…\n", "of a.wav has no Chinese character"),
        ("c.wav\t我要订饭\n", "transcripts.tsv:1: there is no recording c.wav"),
        ("\n \n", "is empty"),
    ],
)
def test_a_bad_list_gets_a_sentence(tmp_path: Path, transcripts: str, sentence: str) -> None:
    with pytest.raises(RecordingsError, match=sentence):
        read_recordings(_folder(tmp_path, transcripts))


def test_a_bad_folder_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RecordingsError, match="is no folder"):
        read_recordings(tmp_path / "missing")
    with pytest.raises(RecordingsError, match=r"has no transcripts\.tsv"):
        read_recordings(tmp_path)
    (tmp_path / "text").write_bytes("a 我要订饭".encode("gb18030"))
    with pytest.raises(RecordingsError, match="not UTF-8"):
        read_recordings(tmp_path)
