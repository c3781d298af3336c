"""Elders for tests, as somebody would type them in."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from care.elders.entry import read_entry
from care.elders.lists import own_lists
from care.elders.model import Elder
from care.elders.writing import add
from tests.conftest import NOW


def put(session: Session, typed: Mapping[str, str]) -> Elder:
    """Adds one."""
    entry = read_entry(typed, own_lists(), NOW.date())
    assert not entry.problems
    return add(session, entry.values, by="test", now=NOW)
