"""What is said: the amount, the condition, the year, and who confirms it."""

from collections.abc import Callable
from typing import Any

import pytest

from care.entitlements.answer import Answer
from care.entitlements.load import Entitlements
from care.entitlements.profile import Profile

Person = dict[str, Any]
Said = Callable[[str | None, str | None, Person], Answer]


@pytest.fixture
def said(entitlements: Entitlements, person: Callable[[str | None, Person], Profile]) -> Said:
    """The answer to a person of a region who asks for a benefit."""
    return lambda region, benefit, facts: entitlements.say(
        entitlements.decide(person(region, facts), benefit)
    )


@pytest.mark.parametrize(
    ("asked", "words", "cites"),
    [
        (("银川市", "高龄津贴", {"age": 82, "residence": "rural"}),
         ["您说的符合条件", "每月450元", "银川市民政局2023年", "2022年", "以当地民政部门为准"],
         ["yinchuan-old-age-80"]),
        (("阿拉善左旗", "高龄津贴", {"age": 83}),
         ["有本盟户口", "每月100元", "阿拉善盟民政局2021年"], ["alashan-old-age-80"]),
        (("阿拉善盟", "高龄津贴", {"age": 83}),
         ["每月100元", "额济纳旗的是每月200元"], ["alashan-old-age-80", "ejina-old-age-80"]),
        (("额济纳旗", "高龄津贴", {}),
         ["每月200元", "每月300元", "阿拉善盟100岁以上", "每月600元"],
         ["ejina-old-age-80", "ejina-old-age-90", "alashan-old-age-100"]),
        (("阿拉善盟", "养老服务补贴", {"c": ["孤寡"]}),
         ["480元、360元、240元几档", "材料里没写", "要不要我给您找个人"],
         ["alashan-service-subsidy"]),
        (("银川市", "护理补贴", {"c": ["低保"], "ability": "失能"}),
         ["低保家庭里重度失能", "每月1000元"], ["yinchuan-care-low-income"]),
        (("银川市", "居家上门服务", {"c": ["低保"], "ability": "失能"}),
         ["按计划", "每周不少于2次", "2023年的计划"], ["yinchuan-home-service-weekly"]),
        (("沈阳市", "居家上门服务", {"age": 82}),
         ["每月3小时", "每月3到45小时不等", "500个社区", "2023年"],
         ["shenyang-home-service-80", "shenyang-home-service-hours"]),
        (("沈阳市", "高龄津贴", {"age": 85}),
         ["有高龄补贴", "公布的材料里没写", "找个人"], ["shenyang-old-age"]),
        (("沣东新城", "护理补贴", {"c": ["低保"], "age": 85}),
         ["按计划", "网上转载的2023年"], ["xixian-care"]),
        (("银川市", "高龄津贴", {"age": 79, "residence": "rural"}),
         ["还不够岁数", "80到89岁", "每月450元"], ["yinchuan-old-age-80"]),
        (("额济纳旗", "高龄津贴", {"age": 78}),
         ["还不够岁数", "额济纳旗", "每月200元"], ["ejina-old-age-80"]),
        (("银川市", "高龄津贴", {"age": 82, "residence": "urban", "pension": "has"}),
         ["户口类型和养老金情况", "对不上"], ["yinchuan-old-age-80"]),
        (("阿拉善左旗", "高龄津贴", {"age": 83, "hukou": "nonlocal"}),
         ["户口所在地", "对不上"], ["alashan-old-age-80"]),
        (("沈阳市", "高龄津贴", {"age": 45}), ["是给老年人的"], ["shenyang-old-age"]),
    ],
)  # fmt: skip
def test_one_benefit(
    said: Said,
    asked: tuple[str, str, Person],
    words: list[str],
    cites: list[str],
) -> None:
    answer = said(*asked)
    text = "".join(answer.texts)
    assert [word for word in words if word not in text] == []
    assert list(answer.cites) == cites
    assert len(answer.texts) <= 2


@pytest.mark.parametrize(
    ("region", "benefit", "words"),
    [
        ("北京市", "高龄津贴", ["没有查到北京市的高龄津贴", "阿拉善盟", "西咸新区"]),
        ("西咸新区", "高龄津贴", ["没有查到西咸新区的高龄津贴"]),
        ("上海市", None, ["没有查到上海市的养老待遇"]),
        ("沈阳市", "机构运营补贴", ["发给养老机构"]),
        (None, "建设补贴", ["发给养老机构"]),
    ],
)
def test_nothing_found_offers_a_person(
    said: Said, region: str | None, benefit: str | None, words: list[str]
) -> None:
    answer = said(region, benefit, {"age": 90})
    assert [word for word in words if word not in answer.texts[0]] == []
    assert "找个人" in answer.texts[1]
    assert answer.offers_person
    assert answer.cites == ()


def test_the_source_is_shown_with_its_year(said: Said) -> None:
    assert said("阿拉善盟", "高龄津贴", {"age": 83}).sources == ("阿拉善盟民政局 2021年",)
    assert "转载" in said("西咸新区", "护理补贴", {}).sources[0]


def test_a_missing_region_is_asked_for_before_anything_is_said(said: Said) -> None:
    assert said(None, "高龄津贴", {"age": 83}).texts == ()
    told = said(None, "高龄津贴", {"age": 83, "asked": frozenset({"region"})})
    assert told.offers_person


def test_everything_first_what_is_sure(said: Said) -> None:
    answer = said("阿拉善左旗", None, {"age": 85, "c": ["低保"]})
    assert "有当地户口的话" in answer.texts[0]
    assert "高龄津贴每月100元、养老服务补贴" in answer.texts[0]
    assert answer.texts[1].startswith("还可能有")
    assert len(answer.texts) == 4
    assert "2021年" in answer.texts[3]


def test_everything_names_the_banner_that_pays_more(said: Said) -> None:
    first = said("阿拉善盟", None, {"age": 85}).texts[0]
    assert "每月100元" in first
    assert "额济纳旗的是每月200元" in first


def test_everything_does_not_promise_what_only_some_communities_have(
    said: Said,
) -> None:
    answer = said("沈阳市", None, {"age": 81})
    assert "每月3到45小时不等" in answer.texts[0]
    assert "shenyang-home-service-80" not in answer.cites


def test_everything_for_somebody_too_young_says_what_comes(said: Said) -> None:
    answer = said("阿拉善左旗", None, {"age": 65})
    assert "还不够岁数" in answer.texts[0]
    assert "每月100元" in answer.texts[0]


def test_everything_and_nothing_fits(said: Said) -> None:
    facts = {"age": 50, "ability": "自理", "residence": "urban", "no": ["贫困"]}
    answer = said("西咸新区", None, facts)
    assert "还没有查到" in answer.texts[0]
    assert answer.offers_person


@pytest.mark.parametrize(
    "fact", ["region", "age", "residence", "pension", "category", "ability", "hukou"]
)
def test_every_fact_can_be_asked_for(entitlements: Entitlements, fact: str) -> None:
    assert entitlements.question(fact).startswith("老人")  # type: ignore[arg-type]
