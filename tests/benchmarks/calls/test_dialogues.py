"""What the callers say."""

from pathlib import Path

import pytest

from benchmarks.calls.dialogues import Kind, load_dialogues
from care.data_files import DataFileError


def test_enough_of_everything() -> None:
    dialogues = load_dialogues()
    said = [turn for number in range(len(dialogues)) for turn in dialogues.talk(number)]
    assert len(said) >= 40
    kinds = [turn.kind for turn in said]
    assert kinds.count(Kind.YES_NO) >= 8
    assert kinds.count(Kind.REQUEST) >= 12
    assert kinds.count(Kind.EMERGENCY) >= 6
    assert sum(turn.interrupts is not None for turn in said) >= 5


def test_the_next_time_round_is_said_in_other_words() -> None:
    dialogues = load_dialogues()
    number = len(dialogues)
    first, again = dialogues.talk(0), dialogues.talk(number)
    assert [turn.kind for turn in first] == [turn.kind for turn in again]
    assert first != again
    assert {turn.text for turn in (*first, *again)} <= set(dialogues.texts())


def test_a_kind_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dialogues.yml"
    path.write_text("- name: 一\n  turns:\n  - {say: [您好], kind: greeting}\n", "utf-8")
    with pytest.raises(DataFileError, match=r"dialogues\.yml:3"):
        load_dialogues(path)
