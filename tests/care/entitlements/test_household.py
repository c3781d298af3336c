"""What one category or ability says about the others."""

import pytest

from care.entitlements.household import ability_of, categories_of
from care.entitlements.profile import Profile


@pytest.mark.parametrize(
    ("said", "wanted", "holds"),
    [
        ("低保", "贫困", True),
        ("低保边缘", "贫困", True),
        ("分散供养特困", "特困", True),
        ("特困", "分散供养特困", None),
        ("低保", "特困", False),
        ("低保", "分散供养特困", False),
        ("低保", "计生特殊家庭", None),
        ("独居", "低保", None),
    ],
)
def test_one_category_on_another(said: str, wanted: str, holds: bool | None) -> None:
    assert categories_of(Profile(categories=frozenset({said}))).any_of([wanted]) is holds


def test_who_is_not_destitute_is_not_so_at_home() -> None:
    profile = Profile(denied_categories=frozenset({"特困"}))
    assert categories_of(profile).any_of(["分散供养特困"]) is False


def test_what_is_said_beats_what_is_ruled_out() -> None:
    profile = Profile(categories=frozenset({"低保", "特困"}))
    assert categories_of(profile).any_of(["特困"]) is True


@pytest.mark.parametrize(
    ("said", "wanted", "holds"),
    [
        ("重度失能", "失能", True),
        ("失能", "重度失能", None),
        ("半失能", "失能", False),
        ("自理", "失智", False),
        ("自理", "残疾", None),
        ("残疾", "失能", None),
        ("失智", "自理", False),
        (None, "失能", None),
    ],
)
def test_one_ability_on_another(said: str | None, wanted: str, holds: bool | None) -> None:
    assert ability_of(Profile(ability=said)).any_of([wanted]) is holds
