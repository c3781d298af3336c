"""The clock that reports share goes back after each test."""

from collections.abc import Iterator

import pytest

from tests.care.report.half_year import CLOCK
from tests.conftest import NOW


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """As it was."""
    yield
    CLOCK.now = NOW
