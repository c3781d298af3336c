"""The world of WeChat's tests, in both modes where the mode matters."""

from collections.abc import Iterator

import pytest

from care.storage.engine import Sessions
from tests.wechat.world import World, world


@pytest.fixture
def wechat(embedded: Sessions) -> Iterator[World]:
    """One hotline process, encrypted mode."""
    with world(embedded) as made:
        made.start()
        yield made


@pytest.fixture
def hasty(embedded: Sessions) -> Iterator[World]:
    """As `wechat`, but no request is held for long."""
    with world(embedded) as made:
        made.start(patience=0.3)
        yield made
