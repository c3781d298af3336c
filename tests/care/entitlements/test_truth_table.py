"""Who gets what, written down from the published policies independently of the rule files.

Every rule, every boundary age, every category and every place is checked against this table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from care.entitlements import phrase
from care.entitlements.decide import Decision, Finding
from care.entitlements.load import Entitlements
from care.entitlements.profile import Profile

Person = dict[str, Any]
MakePerson = Callable[[str | None, Person], Profile]


@dataclass(frozen=True)
class Truth:
    """One rule: the amount as it is spoken, people who get it and people who don't."""

    rule: str
    region: str
    amount: str
    holds: tuple[Person, ...]
    fails: tuple[Person, ...] = ()


Decided = Callable[[Truth, str, Person], Decision]

A, Y, S, X = "阿拉善盟", "银川市", "沈阳市", "西咸新区"
LOCAL, AWAY = {"hukou": "local"}, {"hukou": "nonlocal"}
RURAL, URBAN = {"residence": "rural"}, {"residence": "urban"}
ANYBODY: Person = {}
CHILD: Person = {"age": 59}


def _ages(*ages: int, **more: Any) -> tuple[Person, ...]:
    return tuple({"age": age, **more} for age in ages)


def _in(*categories: str, **more: Any) -> tuple[Person, ...]:
    return tuple({"c": [name], **more} for name in categories)


def _able(*abilities: str, **more: Any) -> tuple[Person, ...]:
    return tuple({"ability": name, **more} for name in abilities)


_POOR = ("低保", "低保边缘", "特困", "分散供养特困", "贫困")
_LONELY = ("独居", "空巢", "留守", "计生特殊家庭")

TRUTHS = (
    # 阿拉善盟
    Truth("alashan-old-age-80", A, "每月100元", _ages(80, 89, **LOCAL),
          (*_ages(79, 90, **LOCAL), {"age": 85, **AWAY})),
    Truth("alashan-old-age-90", A, "每月200元", _ages(90, 99, **LOCAL),
          (*_ages(89, 100, **LOCAL), {"age": 95, **AWAY})),
    Truth("alashan-old-age-100", A, "每月600元", _ages(100, 112, **LOCAL),
          (*_ages(99, **LOCAL), {"age": 101, **AWAY})),
    Truth("ejina-old-age-80", "额济纳旗", "每月200元", _ages(80, 89, **LOCAL),
          (*_ages(79, 90, **LOCAL), {"age": 85, **AWAY})),
    Truth("ejina-old-age-90", "额济纳旗", "每月300元", _ages(90, 99, **LOCAL),
          (*_ages(89, 100, **LOCAL), {"age": 95, **AWAY})),
    Truth("alashan-service-subsidy", A, "每年分480元、360元、240元几档",
          (*_in("低保", "特困", "分散供养特困", "孤寡", "计生特殊家庭", **LOCAL),
           *_able("半失能", "失能", "重度失能", **LOCAL)),
          (*_in("低保", **AWAY), {"c": ["低保"], **CHILD},
           {"ability": "自理", "no": ["低保", "特困", "孤寡", "计生特殊家庭"], **LOCAL})),
    Truth("alashan-service-subsidy-settled-herders", A, "", _in("农牧民进城"),
          ({"no": ["农牧民进城"]},)),
    Truth("alashan-visits-rural", A, "", _in("留守", "空巢", **RURAL), _in("留守", **URBAN)),
    Truth("alashan-visits-needy", A, "",
          (*_in("留守", "空巢", "计生特殊家庭"), *_able("失能", "重度失能", "残疾"))),
    Truth("alashan-adaptation-needy", A, "",
          (*_in(*_POOR, age=80), *_in("低保", ability="失能"), *_in("特困", ability="残疾")),
          ({"no": ["分散供养特困", "贫困"], "age": 85},)),
    Truth("alashan-carer-training", A, "", (*_ages(80), *_able("失能", "失智"))),
    Truth("alashan-assessment", A, "", (ANYBODY,), (CHILD,)),
    Truth("alashan-family-doctor", A, "", (ANYBODY,), (CHILD,)),
    Truth("alashan-destitute-care", A, "", _in("特困", "分散供养特困"), _in("低保")),
    Truth("alashan-emergency-relief", A, "", _in(*_POOR), ({"no": ["贫困"]},)),
    Truth("alashan-minimum-income", A, "", _in("留守", **RURAL), _in("留守", **URBAN)),
    Truth("alashan-disability", A, "", _in("留守", ability="残疾", **RURAL),
          _in("留守", ability="残疾", **URBAN)),
    Truth("alashan-care-insurance", A, "", (ANYBODY,), (CHILD,)),
    # 银川市
    Truth("yinchuan-care-low-income", Y, "每月1000元", _in("低保", ability="重度失能"),
          (*_in("低保边缘", "特困", ability="重度失能"), *_in("低保", ability="半失能"),
           *_in("低保", ability="自理"))),
    Truth("yinchuan-care-near-low-income", Y, "每月500元", _in("低保边缘", ability="重度失能"),
          (*_in("低保", "特困", ability="重度失能"), *_in("低保边缘", ability="自理"))),
    Truth("yinchuan-old-age-80", Y, "每月450元",
          (*_ages(80, 82, 89, **RURAL), *_ages(80, 89, pension="none", **URBAN),
           *_ages(85, pension="has", **RURAL), *_ages(85, pension="none")),
          (*_ages(79, 90, **RURAL), *_ages(85, pension="has", **URBAN))),
    Truth("yinchuan-old-age-90", Y, "每月500元",
          (*_ages(90, 104, **RURAL), *_ages(90, pension="none", **URBAN)),
          (*_ages(89, **RURAL), *_ages(95, pension="has", **URBAN))),
    Truth("yinchuan-home-service-weekly", Y, "每周不少于2次",
          (*_in(*_POOR, ability="失能"), *_in("低保", ability="重度失能")),
          (*_in("低保", ability="半失能"), {"no": ["贫困"], "ability": "失能"})),
    Truth("yinchuan-home-service-six", Y, "", (*_in(*_POOR), *_able("半失能", "失能", "重度失能")),
          ({"no": ["贫困"], "ability": "自理"},)),
    Truth("yinchuan-service-subsidy", Y, "", _in(*_POOR), ({"no": ["贫困"]},)),
    Truth("yinchuan-care-family", Y, "", _able("失能", "重度失能", "失智"), _able("自理")),
    Truth("yinchuan-adaptation-destitute", Y, "",
          (*_in("特困", age=80), *_in("特困", ability="失能"),
           *_in("分散供养特困", ability="残疾")),
          _in("低保", "低保边缘", age=85)),
    Truth("yinchuan-adaptation-low-income", Y, "",
          (*_in("低保", age=80), *_in("低保", ability="残疾")), _in("低保边缘", "特困", age=85)),
    Truth("yinchuan-visits", Y, "", (*_in(*_LONELY), *_able("失能", "残疾"))),
    Truth("yinchuan-family-doctor", Y, "", _ages(60, 99), (CHILD,)),
    Truth("yinchuan-health-care", Y, "", _ages(65, 99), _ages(64)),
    Truth("yinchuan-carer-training", Y, "", _able("半失能", "失能", "重度失能"), _able("自理")),
    Truth("yinchuan-assessment", Y, "", (ANYBODY,), (CHILD,)),
    # 沈阳市
    Truth("shenyang-home-service-80", S, "每月3小时", _ages(80, 97), _ages(79)),
    Truth("shenyang-home-service-hours", S, "每月3到45小时不等",
          (*_ages(80), *_in(*_POOR, "计生特殊家庭"), *_able("失能", "重度失能", "失智")),
          ({"age": 79, "ability": "自理", "no": ["贫困", "计生特殊家庭"]},)),
    Truth("shenyang-home-service-covered", S, "",
          (*_in("低保", "低保边缘", "分散供养特困", "计生特殊家庭", ability="失能"),
           *_in("计生特殊家庭", age=70)),
          (*_in("低保", ability="半失能", no=["计生特殊家庭"]),
           *_in("计生特殊家庭", age=69, ability="自理"))),
    Truth("shenyang-old-age", S, "", _ages(80, 97), _ages(59, 65, 79)),
    Truth("shenyang-care", S, "", (*_in(*_POOR, age=80), *_in("低保", ability="失能")),
          _in("低保", age=79, ability="自理")),
    Truth("shenyang-service-subsidy", S, "", (*_in(*_POOR, age=80), *_in("低保", ability="失能")),
          _in("低保", age=79, ability="自理")),
    Truth("shenyang-assessment-free", S, "", (ANYBODY,), (CHILD,)),
    Truth("shenyang-assessment-60", S, "", _ages(60), (CHILD,)),
    Truth("shenyang-health-care", S, "", _ages(65), _ages(64)),
    Truth("shenyang-adaptation-needy", S, "", _in(*_POOR, "计生特殊家庭"),
          ({"no": ["贫困", "计生特殊家庭"]},)),
    Truth("shenyang-adaptation-others", S, "", (ANYBODY,), (CHILD,)),
    Truth("shenyang-carer-training", S, "", _able("失能", "重度失能"), _able("自理", "半失能")),
    Truth("shenyang-visits", S, "", (*_in(*_LONELY, *_POOR), *_able("失能", "残疾"))),
    Truth("shenyang-devices", S, "", (ANYBODY,), (CHILD,)),
    Truth("shenyang-destitute-care", S, "", _in("特困"), _in("低保")),
    Truth("shenyang-minimum-income", S, "", _in("低保"), _in("特困")),
    Truth("shenyang-emergency-relief", S, "", _in(*_POOR), ({"no": ["贫困"]},)),
    Truth("shenyang-pension", S, "", (ANYBODY,), (CHILD,)),
    Truth("shenyang-care-insurance", S, "", (ANYBODY,), (CHILD,)),
    # 西咸新区
    Truth("xixian-care", X, "", (*_in(*_POOR, age=80), *_in("贫困", ability="失能")),
          _in("贫困", age=79, ability="自理")),
    Truth("xixian-service-subsidy", X, "", (ANYBODY,), (CHILD,)),
    Truth("xixian-assessment", X, "", (ANYBODY,), (CHILD,)),
    Truth("xixian-adaptation", X, "", (ANYBODY,), (CHILD,)),
    Truth("xixian-home-service", X, "", _in(*_POOR), ({"no": ["贫困"]},)),
    Truth("xixian-visits", X, "", _in(*_POOR), ({"no": ["贫困"]},)),
    Truth("xixian-carer-training", X, "", _able("失能"), _able("自理", "半失能")),
    Truth("xixian-family-doctor", X, "", (ANYBODY,), (CHILD,)),
    Truth("xixian-devices", X, "",
          (*_ages(80, **RURAL), *_in("独居", "空巢", **RURAL), *_able("失能", **RURAL)),
          _ages(85, **URBAN)),
    Truth("xixian-pension", X, "", _in("低保", "特困", "贫困"),
          ({"no": ["低保", "特困", "贫困"]},)),
    Truth("xixian-care-insurance", X, "", _able("半失能", "失能"), _able("自理")),
)  # fmt: skip

INSIDE = {
    A: ("阿拉善左旗", "阿拉善右旗", "新华街道", "塔木素苏木"),
    "额济纳旗": ("达来呼布镇", "纳林高勒社区"),
    Y: ("兴庆区", "金凤区", "西夏区", "永宁县", "贺兰县", "灵武市"),
    S: (),
    X: ("秦汉新城", "沣西新城", "泾河新城", "沣东新城"),
}
"""Places inside each region where its rules hold unchanged."""

HOLDS = [(truth, facts) for truth in TRUTHS for facts in truth.holds]
FAILS = [(truth, facts) for truth in TRUTHS for facts in truth.fails]
PLACES = [(truth, place) for truth in TRUTHS for place in INSIDE[truth.region]]


def rule_ids(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.rule.id for finding in findings}


@pytest.fixture
def decided(entitlements: Entitlements, person: MakePerson) -> Decided:
    """Decides about a person of a place, asking for the benefit of one rule."""
    benefits = {rule.id: rule.benefit for rule in entitlements.rules}
    return lambda truth, place, facts: entitlements.decide(
        person(place, facts), benefits[truth.rule]
    )


def test_the_table_has_every_rule_once(entitlements: Entitlements) -> None:
    assert sorted(truth.rule for truth in TRUTHS) == sorted(rule.id for rule in entitlements.rules)


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.rule)
def test_amount_and_region(entitlements: Entitlements, truth: Truth) -> None:
    rule = next(rule for rule in entitlements.rules if rule.id == truth.rule)
    told = phrase.amount(rule, entitlements.words)
    assert rule.region == truth.region
    assert told.startswith(truth.amount) if truth.amount else told == ""


@pytest.mark.parametrize(("truth", "facts"), HOLDS, ids=lambda value: getattr(value, "rule", ""))
def test_who_gets_it(decided: Decided, truth: Truth, facts: Person) -> None:
    decision = decided(truth, truth.region, facts)
    assert truth.rule in rule_ids(decision.entitled)
    assert decision.outcome == "entitled"


@pytest.mark.parametrize(("truth", "facts"), FAILS, ids=lambda value: getattr(value, "rule", ""))
def test_who_does_not(decided: Decided, truth: Truth, facts: Person) -> None:
    decision = decided(truth, truth.region, facts)
    assert truth.rule not in rule_ids(decision.entitled) | rule_ids(decision.possible)


@pytest.mark.parametrize(
    ("truth", "place"), PLACES, ids=lambda value: getattr(value, "rule", value)
)
def test_it_holds_in_every_part_of_the_region(decided: Decided, truth: Truth, place: str) -> None:
    decision = decided(truth, place, truth.holds[0])
    assert truth.rule in rule_ids(decision.entitled)


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.rule)
def test_it_holds_nowhere_else(entitlements: Entitlements, decided: Decided, truth: Truth) -> None:
    away = [region for region in INSIDE if not entitlements.within(region, truth.region)]
    away = [region for region in away if not entitlements.within(truth.region, region)]
    for region in away:
        decision = decided(truth, region, truth.holds[0])
        told = decision.entitled + decision.possible + decision.excluded + decision.variants
        assert truth.rule not in rule_ids(told)
