"""Who can be heard."""

import shutil
from pathlib import Path

import pytest

from care.data_files import DATA, DataFileError
from voice.synthesis.port import Style
from voice.synthesis.voices import VoiceError, load_voices


def test_the_default_and_a_man_are_offered() -> None:
    voices = load_voices()
    assert voices.find(voices.default).gender == "female"
    assert voices.find(voices.male).gender == "male"
    assert Style().voice == voices.default


@pytest.mark.parametrize(
    ("name", "said"), [("zf_xiaoni", "声调不准"), ("../x", "没有 ../x"), ("", "没有")]
)
def test_what_is_not_offered_is_refused_in_a_sentence(name: str, said: str) -> None:
    with pytest.raises(VoiceError, match=said):
        load_voices().find(name)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("default: zf_xiaobei", "default: zf_xiaoni", "not among the offered"),
        ("gender: male", "gender: tenor", "voices.yml:4: offered"),
        ("  empty:", "  emtpy:", "says"),
    ],
)
def test_a_bad_file_names_itself(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "speech").mkdir()
    path = tmp_path / "speech" / "voices.yml"
    shutil.copy(DATA / "speech" / "voices.yml", path)
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new), "utf-8")
    with pytest.raises(DataFileError, match=said):
        load_voices(tmp_path)
