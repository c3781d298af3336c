"""The project's own entitlement data, read once, and people in short form."""

from collections.abc import Callable
from typing import Any

import pytest

from care.entitlements.load import Entitlements
from care.entitlements.profile import Profile


@pytest.fixture(scope="session")
def entitlements() -> Entitlements:
    return Entitlements.load()


@pytest.fixture(scope="session")
def person() -> Callable[[str | None, dict[str, Any]], Profile]:
    """Builds a profile from short facts; c= lists categories, no= denied ones."""

    def build(region: str | None, facts: dict[str, Any]) -> Profile:
        known = dict(facts)
        categories = frozenset(known.pop("c", ()))
        denied = frozenset(known.pop("no", ()))
        return Profile(region=region, categories=categories, denied_categories=denied, **known)

    return build
