"""What the rules find for one person unasked."""

from hypothesis import given, settings
from hypothesis import strategies as st

from care.benefits.alike import remembering
from care.benefits.eligible import OFFICE, eligible, is_looked_for
from care.entitlements.profile import Profile
from tests.care.benefits.found import ENTITLEMENTS

profiles = st.builds(
    Profile,
    region=st.sampled_from(
        [None, "内蒙古自治区", "额济纳旗", "阿拉善左旗", "兴庆区", "沈阳市", "北京市"]
    ),
    age=st.none() | st.integers(50, 110),
    hukou=st.sampled_from([None, "local", "nonlocal"]),
    residence=st.sampled_from([None, "rural", "urban"]),
    pension=st.sampled_from([None, "none", "has"]),
    categories=st.frozensets(st.sampled_from(["低保", "特困", "独居", "计生特殊家庭"]), max_size=2),
    ability=st.sampled_from([None, "自理", "失能", "重度失能"]),
)


def found(**known: object) -> dict[str, str | None]:
    profile = Profile(**known)  # type: ignore[arg-type]
    return {each.rule.id: each.missing for each in eligible(ENTITLEMENTS, profile)}


def test_all_that_is_known_makes_it_sure() -> None:
    assert found(region="阿拉善左旗", age=83, hukou="local") == {"alashan-old-age-80": None}
    assert found(region="额济纳旗", age=83, hukou="local") == {"ejina-old-age-80": None}


def test_one_missing_fact_is_to_be_checked_and_two_are_nothing() -> None:
    assert found(region="阿拉善左旗", age=83) == {"alashan-old-age-80": "hukou"}
    assert found(region="阿拉善左旗") == {}


def test_what_only_the_office_knows_is_to_be_checked() -> None:
    assert found(region="沈阳市", age=82)["shenyang-old-age"] == OFFICE


def test_what_is_sure_comes_before_what_is_to_be_checked() -> None:
    assert found(region="沈阳市", age=82)["shenyang-home-service-hours"] is None


def test_plans_families_and_what_everybody_may_have_are_not_looked_for() -> None:
    looked = {rule.id for rule in ENTITLEMENTS.rules if is_looked_for(rule)}
    assert "alashan-visits-rural" in looked
    assert not looked & {"yinchuan-visits", "shenyang-carer-training", "shenyang-assessment-free"}


@given(profiles)
@settings(max_examples=300, deadline=None)
def test_nothing_is_sure_that_the_answers_would_not_say(profile: Profile) -> None:
    told = {f.rule.id for f in ENTITLEMENTS.decide(profile).entitled if not f.facts}
    every = eligible(ENTITLEMENTS, profile)
    assert {each.rule.id for each in every if each.missing is None} <= told
    assert len({each.rule.benefit for each in every}) == len(every)


REMEMBERED = remembering(ENTITLEMENTS)


@given(profiles)
@settings(max_examples=500, deadline=None)
def test_whoever_is_alike_for_the_rules_is_found_the_same(profile: Profile) -> None:
    assert REMEMBERED(profile) == eligible(ENTITLEMENTS, profile)
