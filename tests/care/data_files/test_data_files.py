"""Data files: a bad one names itself, the line and what is wrong."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field

from care.data_files import DataFileError, load_folder, load_models, read_yaml


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    amount: int = Field(gt=0)


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    parts: list[Part] = []


def _write(folder: Path, content: str, name: str = "things.yml") -> Path:
    path = folder / name
    path.write_text(content, "utf-8")
    return path


GOOD = "- id: a\n  parts:\n    - amount: 1\n    - amount: 2\n- {id: b}\n"


def test_a_good_file(tmp_path: Path) -> None:
    entries = load_models(_write(tmp_path, GOOD), Entry)
    assert [entry.id for entry in entries] == ["a", "b"]
    assert [part.amount for part in entries[0].parts] == [1, 2]


def test_a_list_under_a_key(tmp_path: Path) -> None:
    path = _write(tmp_path, "things:\n  - {id: a}\n")
    assert [entry.id for entry in load_models(path, Entry, "things")] == ["a"]


def test_an_empty_list_is_no_mistake(tmp_path: Path) -> None:
    assert load_models(_write(tmp_path, "[]\n"), Entry) == []


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        ("", 1, "expected a list at the top"),
        ("# nothing yet\n", 1, "expected a list at the top"),
        ("id: a\n", 1, "expected a list at the top"),
        ("just words\n", 1, "expected a list at the top"),
        ("- id: a\n- id: [b\n", 3, "not valid YAML: .+"),
        ("- id: a\n\tparts: []\n", 2, "not valid YAML: .+"),
        ("- id: a\n  id: b\n", 2, "not valid YAML: .*duplicate key.*"),
        ("- id: a\n- parts: []\n", 2, "id: Field required"),
        ("- id: a\n- id: b\n  colour: red\n", 3, "colour: Extra inputs.+"),
        ("- id: a\n  parts:\n    - amount: 1\n    - amount: 0\n", 4, "parts.1.amount: .+"),
        ("- id: a\n  parts:\n    - amount: many\n", 3, "parts.0.amount: .+integer.*"),
        ("- id: a\n  parts: none\n", 2, "parts: .+list.*"),
        ("- id: a\n- 7\n", 2, ".+"),
        ("- id: a\n-\n", 2, ".+"),
    ],
)  # fmt: skip
def test_a_bad_file(tmp_path: Path, content: str, line: int, problem: str) -> None:
    path = _write(tmp_path, content)
    with pytest.raises(DataFileError, match=rf"^things\.yml:{line}: {problem}") as raised:
        load_models(path, Entry)
    assert (raised.value.path, raised.value.line) == (path, line)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"^gone\.yml:1: the file is missing$"):
        read_yaml(tmp_path / "gone.yml")


@pytest.mark.parametrize("content", ["others:\n  - {id: a}\n", "things: a\n", "things:\n"])
def test_a_key_without_a_list(tmp_path: Path, content: str) -> None:
    with pytest.raises(DataFileError, match=r"^things\.yml:1: expected a list under 'things'$"):
        load_models(_write(tmp_path, content), Entry, "things")


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    _write(tmp_path, "- {id: c}\n", "2.yml")
    _write(tmp_path, "- {id: a}\n- {id: b}\n", "1.yml")
    _write(tmp_path, "not a data file", "notes.txt")
    assert [entry.id for entry in load_folder(tmp_path, Entry)] == ["a", "b", "c"]


@pytest.mark.parametrize("folder", [".", "gone"])
def test_a_folder_without_files(tmp_path: Path, folder: str) -> None:
    with pytest.raises(DataFileError, match=r"the folder holds no \.yml file$"):
        load_folder(tmp_path / folder, Entry)


@pytest.mark.parametrize(("second", "line"), [("- {id: b}\n- id: a\n", 2), ("- {id: a}\n", 1)])
def test_a_name_may_occur_once_in_a_folder(tmp_path: Path, second: str, line: int) -> None:
    _write(tmp_path, "- {id: a}\n", "1.yml")
    _write(tmp_path, second, "2.yml")
    with pytest.raises(DataFileError, match=rf"^2\.yml:{line}: id 'a' occurs twice$"):
        load_folder(tmp_path, Entry)
