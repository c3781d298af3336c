"""What holds for every person that one can think of."""

import re
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from care.entitlements.load import Entitlements
from care.entitlements.profile import FACTS, Fact, Profile, with_categories
from care.entitlements.rule import Rule

ENTITLEMENTS = Entitlements.load()
BENEFITS = [None, *ENTITLEMENTS.benefits]
CATEGORIES = [
    "低保",
    "低保边缘",
    "特困",
    "分散供养特困",
    "贫困",
    "计生特殊家庭",
    "孤寡",
    "独居",
    "留守",
]
VALUES: dict[Fact, st.SearchStrategy[object]] = {
    "region": st.sampled_from(
        [
            "阿拉善盟",
            "额济纳旗",
            "阿拉善左旗",
            "内蒙古自治区",
            "银川市",
            "兴庆区",
            "沈阳市",
            "沣东新城",
            "北京市",
        ]
    ),
    "age": st.integers(40, 115),
    "residence": st.sampled_from(["rural", "urban"]),
    "pension": st.sampled_from(["none", "has"]),
    "category": st.sets(st.sampled_from(CATEGORIES), max_size=2),
    "ability": st.sampled_from(["自理", "半失能", "失能", "重度失能", "失智", "残疾"]),
    "hukou": st.sampled_from(["local", "nonlocal"]),
}
DIGITS = re.compile(r"\d+")
LIMITS = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def learn(profile: Profile, fact: Fact, value: object) -> Profile:
    if fact == "category":
        assert isinstance(value, set)
        return with_categories(profile, value)
    return replace(profile, **{fact: value})  # type: ignore[arg-type]


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    profile = Profile()
    for fact in FACTS:
        if draw(st.booleans()):
            profile = learn(profile, fact, draw(VALUES[fact]))
    return profile


def numbers_of(rule: Rule) -> set[str]:
    document = ENTITLEMENTS.documents[rule.source.document]
    ages = [bound for age in rule.who.ages() for bound in (age.min, age.max)]
    spoken = DIGITS.findall(f"{rule.condition}{rule.gift}{rule.check}")
    return {str(n) for n in (*rule.what.numbers, *ages, document.year, rule.year)} | set(spoken)


@LIMITS
@given(profile=profiles(), benefit=st.sampled_from(BENEFITS))
def test_every_number_is_in_a_cited_rule_or_was_told(profile: Profile, benefit: str | None) -> None:
    answer = ENTITLEMENTS.say(ENTITLEMENTS.decide(profile, benefit))
    cited = [rule for rule in ENTITLEMENTS.rules if rule.id in answer.cites]
    allowed = {str(profile.age)}.union(*(numbers_of(rule) for rule in cited))
    assert set(DIGITS.findall("".join(answer.texts))) <= allowed


@LIMITS
@given(profile=profiles(), benefit=st.sampled_from(BENEFITS))
def test_an_answer_is_short_and_names_its_year(profile: Profile, benefit: str | None) -> None:
    answer = ENTITLEMENTS.say(ENTITLEMENTS.decide(profile, benefit))
    assert len(answer.texts) <= (2 if benefit else 3)
    assert benefit or sum(map(len, answer.texts)) <= 112
    assert bool(answer.texts) == (
        profile.region is not None or "region" in profile.asked or answer.offers_person
    )
    assert bool(answer.cites) == bool(answer.sources)
    if answer.cites:
        assert re.search(r"20\d\d年", "".join(answer.texts))
    assert all("{" not in text and text[-1] in "。？" for text in answer.texts)


@LIMITS
@given(profile=profiles())
def test_nobody_is_too_young_for_what_they_may_have(profile: Profile) -> None:
    decision = ENTITLEMENTS.decide(profile)
    text = "".join(ENTITLEMENTS.say(decision).texts)
    living = {f.rule.benefit for f in (*decision.entitled, *decision.possible)}
    if "高龄津贴" in living:
        assert "不够岁数" not in text


@LIMITS
@given(profile=profiles())
def test_an_elder_is_not_offered_what_is_paid_to_carers(profile: Profile) -> None:
    answer = ENTITLEMENTS.say(ENTITLEMENTS.decide(profile))
    assert not {rule.id for rule in ENTITLEMENTS.rules if rule.recipient == "family"} & set(
        answer.cites
    )


@LIMITS
@given(profile=profiles(), benefit=st.sampled_from(BENEFITS), data=st.data())
def test_a_further_fact_never_unsettles_what_was_settled(
    profile: Profile, benefit: str | None, data: st.DataObject
) -> None:
    before = ENTITLEMENTS.decide(profile, benefit)
    unknown: list[Fact] = [f for f in FACTS if f != "category" and getattr(profile, f) is None]
    if not profile.asked:
        unknown.append("category")
    if not unknown:
        return
    fact = data.draw(st.sampled_from(unknown))
    # Whose age isn't told is taken for an elder: only a younger age takes that back.
    values = st.integers(60, 115) if fact == "age" else VALUES[fact]
    after = ENTITLEMENTS.decide(learn(profile, fact, data.draw(values)), benefit)
    possible = {finding.rule.id for finding in after.possible}
    entitled = {finding.rule.id for finding in after.entitled}
    for finding in before.entitled:
        assert finding.rule.id not in possible
        if not finding.facts:
            assert finding.rule.id in entitled
    if before.outcome == "entitled":
        assert ENTITLEMENTS.say(after).texts


@LIMITS
@given(profile=profiles(), benefit=st.sampled_from(BENEFITS), data=st.data())
def test_seven_questions_at_most(
    profile: Profile, benefit: str | None, data: st.DataObject
) -> None:
    asked: list[Fact] = []
    while fact := ENTITLEMENTS.next_question(ENTITLEMENTS.decide(profile, benefit)):
        asked.append(fact)
        assert len(asked) <= len(FACTS)
        known = data.draw(st.booleans())
        profile = learn(profile, fact, data.draw(VALUES[fact])) if known else profile
        profile = replace(profile, asked=profile.asked | {fact})
    assert len(set(asked)) == len(asked)
    assert ENTITLEMENTS.say(ENTITLEMENTS.decide(profile, benefit)).texts


@LIMITS
@given(profile=profiles(), benefit=st.sampled_from(BENEFITS))
def test_nothing_known_is_asked_for(profile: Profile, benefit: str | None) -> None:
    fact = ENTITLEMENTS.next_question(ENTITLEMENTS.decide(profile, benefit))
    if fact is not None and fact != "category":
        assert getattr(profile, fact) is None
    if fact == "category":
        assert "category" not in profile.asked
