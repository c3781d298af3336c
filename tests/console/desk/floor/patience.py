"""Lets a browser on a busy machine take its time."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect


@pytest.fixture
def patient() -> Iterator[None]:
    """What is expected on a page may come within fifteen seconds instead of five."""
    expect.set_options(timeout=15_000)
    yield
    expect.set_options(timeout=5_000)
