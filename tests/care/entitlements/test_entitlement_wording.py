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
         ["有高龄补贴", "公布的材料里没写", "从多少岁起发也没写", "找个人"], ["shenyang-old-age"]),
        (("沈阳市", "高龄津贴", {"age": 65}),
         ["高龄老人有高龄补贴", "从多少岁起发也没写", "找个人"], ["shenyang-old-age"]),
        (("银川市", "护理补贴", {"c": ["低保"], "ability": "半失能"}),
         ["给低保家庭里重度失能的老人的", "身体情况", "对不上"], ["yinchuan-care-low-income"]),
        (("银川市", "护理补贴", {"c": ["低保边缘"], "ability": "半失能"}),
         ["给低保边缘家庭里重度失能的老人的", "身体情况", "对不上"],
         ["yinchuan-care-near-low-income"]),
        (("银川市", "护理补贴", {"c": ["特困"], "ability": "自理"}),
         ["重度失能", "家庭情况和身体情况", "对不上"],
         ["yinchuan-care-low-income", "yinchuan-care-near-low-income"]),
        (("银川市", "护理补贴", {"c": ["特困"], "ability": "失能"}),
         ["低保家庭里重度失能", "低保边缘家庭里重度失能", "对不上；照护老人的家里人",
          "家庭护理补贴"],
         ["yinchuan-care-low-income", "yinchuan-care-near-low-income", "yinchuan-care-family"]),
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
    assert len(answer.texts) == 3
    assert "2021年" in answer.texts[2]


def test_everything_tells_what_may_be_and_not_that_the_years_are_missing(said: Said) -> None:
    none, may, _ = said("银川市", None, {"age": 85}).texts
    assert "不够岁数" not in none
    assert may.startswith("还可能有高龄津贴每月450元、护理补贴，")  # 1000 or 500元: not told


def test_everything_is_no_promise_where_the_source_names_no_age(said: Said) -> None:
    sure, may, _ = said("沈阳市", None, {"age": 85}).texts
    assert "高龄补贴" not in sure
    assert may == "还可能有高龄补贴、护理补贴，钱数没写，要看家庭情况和当地的规定。"
    younger = "".join(said("沈阳市", None, {"age": 65, "ability": "重度失能"}).texts)
    assert "高龄补贴" not in younger
    assert "培训" not in younger


def test_everything_leaves_out_plans_before_what_is_sure(said: Said) -> None:
    facts = {"age": 92, "ability": "重度失能", "residence": "rural", "c": ["低保"]}
    sure, later, _ = said("银川市", None, facts).texts
    assert "护理补贴每月1000元、高龄津贴每月500元、助餐" in sure
    assert later.startswith("计划里有")


@pytest.mark.parametrize(
    "place", ["西咸新区", "沣东新城", "沣西新城", "秦汉新城", "空港新城", "泾河新城"]
)
def test_everything_where_all_is_planned_and_without_amounts(said: Said, place: str) -> None:
    none, later, close = said(place, None, {"age": 85}).texts
    assert "还没有查到" in none
    assert later.startswith("计划里有高龄失能老人补贴、养老服务补贴，钱数没写，要看")
    assert "转载" in close
    told = said(place, "高龄津贴", {"age": 85})
    assert told.texts[0] == f"公布的材料里没有查到{place}的高龄津贴。"
    assert told.offers_person


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
