"""Overriding regions, outcomes, and which question comes next."""

from collections.abc import Callable
from typing import Any

import pytest

from care.entitlements.load import Entitlements
from care.entitlements.profile import Profile, with_categories

MakePerson = Callable[[str | None, dict[str, Any]], Profile]

OLD_AGE, CARE, HOME = "高龄津贴", "护理补贴", "居家上门服务"


def entitled(entitlements: Entitlements, profile: Profile, benefit: str | None = None) -> list[str]:
    return [finding.rule.id for finding in entitlements.decide(profile, benefit).entitled]


@pytest.mark.parametrize("place", ["额济纳旗", "达来呼布镇", "纳林高勒社区"])
@pytest.mark.parametrize(
    ("age", "rule"),
    [(80, "ejina-old-age-80"), (89, "ejina-old-age-80"), (90, "ejina-old-age-90"),
     (99, "ejina-old-age-90"), (100, "alashan-old-age-100")],
)  # fmt: skip
def test_ejina_pays_its_own_bands_up_to_99(
    entitlements: Entitlements, place: str, age: int, rule: str
) -> None:
    assert entitled(entitlements, Profile(region=place, age=age), OLD_AGE) == [rule]


def test_the_league_as_a_whole_names_ejina_as_a_variant(entitlements: Entitlements) -> None:
    decision = entitlements.decide(Profile(region="阿拉善盟", age=83), OLD_AGE)
    assert [finding.rule.id for finding in decision.entitled] == ["alashan-old-age-80"]
    assert [finding.rule.id for finding in decision.variants] == ["ejina-old-age-80"]
    assert entitlements.next_question(decision) is None


def test_another_banner_has_no_variant(entitlements: Entitlements) -> None:
    assert entitlements.decide(Profile(region="阿拉善左旗", age=83), OLD_AGE).variants == ()


def test_a_province_is_taken_for_the_place_inside_it(
    entitlements: Entitlements, person: MakePerson
) -> None:
    profile = person("宁夏回族自治区", {"age": 82, "residence": "rural"})
    assert entitled(entitlements, profile, OLD_AGE) == ["yinchuan-old-age-80"]


@pytest.mark.parametrize(
    ("region", "benefit", "outcome"),
    [
        ("北京市", OLD_AGE, "outside"),
        ("北京市", None, "outside"),
        ("西咸新区", OLD_AGE, "not_found"),
        ("银川市", "低保", "not_found"),
        (None, "机构运营补贴", "not_found"),
        (None, OLD_AGE, "open"),
        ("阿拉善盟", OLD_AGE, "open"),
        ("沈阳市", OLD_AGE, "open"),
    ],
)
def test_outcome(
    entitlements: Entitlements, region: str | None, benefit: str | None, outcome: str
) -> None:
    assert entitlements.decide(Profile(region=region), benefit).outcome == outcome


@pytest.mark.parametrize(
    ("asked", "facts", "question"),
    [
        ((None, OLD_AGE), {"age": 83}, "region"),
        ((None, OLD_AGE), {"age": 45}, "region"),
        ((None, None), {}, "region"),
        ((None, "机构运营补贴"), {}, None),
        (("北京市", OLD_AGE), {}, None),
        (("阿拉善左旗", OLD_AGE), {}, "age"),
        (("阿拉善左旗", OLD_AGE), {"age": 83}, None),
        (("银川市", OLD_AGE), {}, "age"),
        (("银川市", OLD_AGE), {"age": 79}, None),
        (("银川市", OLD_AGE), {"age": 82}, "residence"),
        (("银川市", OLD_AGE), {"age": 82, "residence": "rural"}, None),
        (("银川市", OLD_AGE), {"age": 82, "residence": "urban"}, "pension"),
        (("银川市", OLD_AGE), {"age": 82, "pension": "none"}, None),
        (("银川市", OLD_AGE), {"age": 82, "pension": "has"}, "residence"),
        (("银川市", CARE), {}, "category"),
        (("银川市", CARE), {"c": ["低保"]}, "ability"),
        (("银川市", CARE), {"ability": "重度失能"}, "category"),
        (("银川市", CARE), {"ability": "自理"}, None),
        (("银川市", CARE), {"c": ["低保"], "ability": "失能"}, None),
        (("银川市", CARE), {"c": ["特困"]}, None),
        (("沈阳市", OLD_AGE), {}, None),
        (("沈阳市", HOME), {}, "age"),
        (("沈阳市", HOME), {"age": 82}, None),
        (("沈阳市", HOME), {"age": 70}, "category"),
        (("沈阳市", HOME), {"age": 70, "c": ["低保"]}, None),
        (("沈阳市", HOME), {"c": ["低保"]}, None),
        (("阿拉善盟", "养老服务补贴"), {}, "category"),
        (("阿拉善盟", "养老服务补贴"), {"ability": "失能"}, None),
        (("西咸新区", "养老服务补贴"), {}, None),
        (("阿拉善盟", None), {}, "age"),
        (("阿拉善盟", None), {"age": 70}, None),
        (("西咸新区", None), {}, None),
    ],
)
def test_next_question(
    entitlements: Entitlements,
    person: MakePerson,
    asked: tuple[str | None, str | None],
    facts: dict[str, Any],
    question: str | None,
) -> None:
    region, benefit = asked
    decision = entitlements.decide(person(region, facts), benefit)
    assert entitlements.next_question(decision) == question


def test_who_does_not_know_is_not_asked_again(entitlements: Entitlements) -> None:
    profile = Profile(region="银川市", age=82, asked=frozenset({"residence"}))
    assert entitlements.next_question(entitlements.decide(profile, OLD_AGE)) == "pension"


def test_denying_the_offered_categories_rules_them_out(entitlements: Entitlements) -> None:
    profile = with_categories(Profile(region="银川市"), ["低保"])
    assert profile.denied_categories == {"低保边缘", "特困", "孤寡", "计生特殊家庭"}
    none = with_categories(Profile(region="银川市"), [])
    decision = entitlements.decide(none, CARE)
    assert {f.rule.id for f in decision.excluded} == {
        "yinchuan-care-low-income",
        "yinchuan-care-near-low-income",
    }
    assert entitlements.next_question(decision) is None
