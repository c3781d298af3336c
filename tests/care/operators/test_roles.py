"""Rights, as the data says them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.data_files import DATA, DataFileError
from care.operators import events
from care.operators.role import Right, Role, Roles
from care.operators.sentences import Sentences
from care.operators.signed_in import SignedIn
from tests.conftest import NOW

ROLES = Roles.load(DATA)


@given(st.sampled_from(Role), st.sampled_from(Right))
def test_a_person_may_what_their_role_may(role: Role, right: Right) -> None:
    who = SignedIn(1, "li", "李娜", role, ROLES.rights(role), 1, NOW)
    assert who.may(right) == (right in ROLES.entries[role].rights)


def test_every_right_belongs_to_somebody() -> None:
    assert {right for role in Role for right in ROLES.rights(role)} == set(Right)


def test_a_supervisor_may_all_that_an_operator_may() -> None:
    assert ROLES.rights(Role.OPERATOR) < ROLES.rights(Role.SUPERVISOR)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.EDITOR])
def test_whoever_answers_nobody_sees_no_elder(role: Role) -> None:
    assert not ROLES.rights(role) & {
        Right.SEE_ELDERS,
        Right.CHANGE_ELDERS,
        Right.REVEAL_NUMBERS,
        Right.TAKE_CALLERS,
    }


def test_nobody_but_an_admin_manages_people() -> None:
    assert [role for role in Role if Right.MANAGE_PEOPLE in ROLES.rights(role)] == [Role.ADMIN]


def spoiled(folder: Path, old: str, new: str) -> Path:
    """The data with a change in roles.yml."""
    text = (DATA / "operators" / "roles.yml").read_text("utf-8")
    assert old in text
    (folder / "operators").mkdir()
    (folder / "operators" / "roles.yml").write_text(text.replace(old, new), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  auditor:", "  inspector:", "roles"),
        ("edit_knowledge", "edit_everything", "rights"),
        ("[manage_people, see_audit", "[see_audit", "admin needs manage_people"),
        ("label: 坐席", "lable: 坐席", "label"),
    ],
)
def test_a_bad_file_is_refused_with_what_is_wrong(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    with pytest.raises(DataFileError, match=rf"roles\.yml:\d+:.*{problem}"):
        Roles.load(spoiled(tmp_path, old, new))


def test_a_missing_role_is_refused(tmp_path: Path) -> None:
    text = (DATA / "operators" / "roles.yml").read_text("utf-8")
    with pytest.raises(DataFileError, match="'admin' is missing"):
        Roles.load(spoiled(tmp_path, text[text.index("  admin:") :], ""))


def test_every_sentence_and_kind_of_event_is_there() -> None:
    assert Sentences.load(DATA)
    assert set(events.labels()) == events.KINDS
