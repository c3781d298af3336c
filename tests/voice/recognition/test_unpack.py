from pathlib import Path

import pytest

from tests.voice.recognition.archives import TOP, archive
from voice.recognition.download import FetchError
from voice.recognition.unpack import unpack


def unpacked(content: bytes, at: Path, largest: int = 10_000_000) -> Path:
    (at / "model.zip").write_bytes(content)
    unpack(at / "model.zip", at / "inside" / "new", folder=TOP, largest=largest)
    return at / "inside" / "new"


def test_the_top_folder_is_left_out(tmp_path: Path) -> None:
    into = unpacked(archive(), tmp_path)
    assert (into / "graph" / "words.txt").read_text("utf-8").startswith("<eps>")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (archive({f"{TOP}/../../evil": b"x"}), "outside"),
        (archive({"/tmp/evil": b"x"}), "outside"),  # noqa: S108 - never written
        (archive({"other/evil": b"x"}), "outside"),
        (archive({"evil": b"x"}), "outside"),
        (archive({f"{TOP}\\..\\..\\evil": b"x"}), "outside"),
        (archive({f"{TOP}/a": b"x"}, {f"{TOP}/link": "/etc/passwd"}), "link"),
        (archive({f"{TOP}/bomb": bytes(20_000_000)}), "more than the"),
        (archive({f"{TOP}/{n}": b"" for n in range(1_001)}), "1001 files"),
        (archive({}), "0 files"),
        (archive()[:-100], "no sound ZIP"),
        (b"<html>login</html>", "no sound ZIP"),
    ],
)
def test_what_is_hostile_or_broken_leaves_nothing(
    content: bytes, problem: str, tmp_path: Path
) -> None:
    with pytest.raises(FetchError, match=problem):
        unpacked(content, tmp_path)
    assert {path.name for path in tmp_path.rglob("*")} == {"model.zip", "inside"}


def test_a_file_that_lies_about_its_size(tmp_path: Path) -> None:
    content = archive({f"{TOP}/a": b"x" * 5_000})
    lying = content.replace((5_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != content
    with pytest.raises(FetchError):
        unpacked(lying, tmp_path)


def test_twice_the_same_name(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        import io
        import zipfile

        buffer = io.BytesIO(archive())
        with zipfile.ZipFile(buffer, "a") as made:
            made.writestr(f"{TOP}/graph/Gr.fst", "other")
    with pytest.raises(FetchError):
        unpacked(buffer.getvalue(), tmp_path)
