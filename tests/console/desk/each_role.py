"""One person of each role at the desk, and a visitor who signs in as any of them."""

from collections.abc import Iterator

import httpx
import pytest

from care.operators.role import Role
from tests.console.desk.setting import Setting
from tests.console.desk.visitor import Visitor


@pytest.fixture
def visitor(setting: Setting, address: str) -> Iterator[Visitor]:
    """Nobody yet; those who work here are named like their roles."""
    for role in Role:
        setting.add(role.value, role)
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        yield Visitor(client)
