from pathlib import Path

import pytest

from voice.recognition.model_folder import SpeechModelError, read_model_folder

WORDS = "<eps> 0\n你好 1\n[unk] 2\n#0 3\n<s> 4\n</s> 5\n"
FILES = {
    "am/final.mdl": "x",
    "conf/mfcc.conf": "x",
    "conf/model.conf": "--endpoint.silence-phones=1\n",
    "graph/HCLr.fst": "x",
    "graph/Gr.fst": "x",
    "graph/disambig_tid.int": "3\n4\n",
    "graph/words.txt": WORDS,
}
OLDER = {"final.mdl": "x", "mfcc.conf": "x", "HCLG.fst": "x", "words.txt": WORDS}


def folder(at: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_text(content, "utf-8")
    return at


def test_a_whole_folder(tmp_path: Path) -> None:
    found = read_model_folder(folder(tmp_path, FILES))
    assert found.words == {"你好", "[unk]"}
    assert found.takes_grammars


def test_the_older_layout_with_one_graph(tmp_path: Path) -> None:
    assert not read_model_folder(folder(tmp_path, OLDER)).takes_grammars


@pytest.mark.parametrize("name", sorted(FILES))
@pytest.mark.parametrize("content", [None, ""])
def test_a_file_that_is_missing_or_empty(name: str, content: str | None, tmp_path: Path) -> None:
    folder(tmp_path, FILES)
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_text(content)
    with pytest.raises(SpeechModelError) as raised:
        read_model_folder(tmp_path)
    sentence = str(raised.value)
    assert str(tmp_path) in sentence
    assert name in sentence
    assert "hotline models fetch" in sentence


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("graph/words.txt", WORDS[: len(WORDS) // 2]),
        ("graph/words.txt", WORDS.replace("#0 3\n", "")),
        ("graph/words.txt", "junk\n" * 10),
        ("graph/words.txt", "\udcff"),
        ("graph/disambig_tid.int", "3\n4"),
        ("conf/model.conf", "--beam=10\n"),
    ],
)
def test_a_file_that_is_cut_short(name: str, content: str, tmp_path: Path) -> None:
    folder(tmp_path, FILES)
    (tmp_path / name).write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(SpeechModelError, match="cut short or damaged"):
        read_model_folder(tmp_path)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(SpeechModelError, match="does not exist"):
        read_model_folder(tmp_path / "none")
    (tmp_path / "file").touch()
    with pytest.raises(SpeechModelError, match="is a file"):
        read_model_folder(tmp_path / "file")
