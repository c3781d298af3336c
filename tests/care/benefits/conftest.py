"""Rounds on each kind of database."""

import pytest

from care.storage.engine import Sessions
from tests.care.benefits.found import Nights


@pytest.fixture
def nights(sessions: Sessions) -> Nights:
    """No elder yet."""
    return Nights(sessions)


@pytest.fixture
def here(embedded: Sessions) -> Nights:
    """The same on SQLite alone, where the database doesn't matter."""
    return Nights(embedded)
