"""What callers say of how a meal comes and what there is to eat, and which canteen is near."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.canteens import menu_words, way_words
from care.canteens.menu_words import Asked
from care.canteens.nearest import nearest
from care.canteens.way import DELIVERY, DINE_IN, PICK_UP
from care.storage.engine import Sessions
from tests.care.canteens import kitchen
from tests.care.orders import town

TODAY = town.TODAY
TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ("明天中午我去食堂吃", DINE_IN),
        ("我到老饭桌那边吃", DINE_IN),
        ("不用送到家我去食堂吃", DINE_IN),
        ("堂食", DINE_IN),
        ("我过去吃", DINE_IN),
        ("我自己来拿", PICK_UP),
        ("让儿子去取", PICK_UP),
        ("不用送,我自己来拿", PICK_UP),
        ("送到家", DELIVERY),
        ("不去食堂吃了,给我送到家", DELIVERY),
        ("还是别去食堂吃了", None),
        ("不想去食堂吃", None),
        ("给我送到家里吧", DELIVERY),
        ("腿脚不好去不了食堂,给我送来吧", DELIVERY),
        ("我走不动,给我送", DELIVERY),
        ("送到东关小区3号楼", None),
        ("我去医院拿药", None),
        ("在家吃", None),
        ("我拿不动", None),
        ("来一份午饭", None),
        ("不用送了", None),
    ],
)
def test_the_way_is_heard_or_left_open(said: str, way: str | None) -> None:
    assert way_words.read(said) == way


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("今天食堂有什么菜", Asked(TODAY, None)),
        ("明天中午吃啥", Asked(TOMORROW, "午餐")),
        ("老饭桌明天有啥好吃的", Asked(TOMORROW, None)),
        ("给我念念今天晚上的菜单", Asked(TODAY, "晚餐")),
        ("周三食堂有什么菜", Asked(TODAY + timedelta(days=4), None)),
        ("我想订明天的饭有什么菜", None),
        ("老年食堂有什么补贴", None),
        ("今天吃什么药", None),
        ("食堂一顿饭多少钱", None),
        ("食堂有没有给糖尿病人做的菜", None),
        ("老饭桌中午几点开饭", None),
    ],
)
def test_only_a_question_for_the_menu_is_one(said: str, asked: Asked | None) -> None:
    assert menu_words.read(said, TODAY) == asked


@given(st.text(alphabet="今明天中午晚食堂吃什么啥菜单去送拿自己不了,家", max_size=20))
def test_whatever_is_said_nothing_breaks(said: str) -> None:
    assert way_words.read(said) in {DINE_IN, PICK_UP, DELIVERY, None}
    found = menu_words.read(said, TODAY)
    assert found is None or found.meal in {"早餐", "午餐", "晚餐", None}


def test_the_nearest_shares_the_deepest_region_and_at_least_the_district(
    embedded: Sessions,
) -> None:
    with embedded.begin() as session:
        provider = town.provider(session, "康乐养老", "午餐")
        for name, region, ways in (
            ("旗食堂", "额济纳旗", (DINE_IN,)),
            ("镇食堂", "达来呼布镇", (DINE_IN, PICK_UP)),
            ("左旗食堂", "阿拉善左旗", (DELIVERY,)),
        ):
            facts = replace(kitchen.FACTS, name=name, region=region, ways=ways)
            kitchen.canteen(session, provider, facts)

        def near(region: str | None, way: str | None = None) -> str | None:
            found = nearest(session, region, kitchen.REGIONS, way=way)
            return found.name if found else None

        assert near("纳林高勒社区") == "镇食堂"
        assert near("额济纳旗", PICK_UP) == "镇食堂"
        assert near("巴彦浩特镇") == "左旗食堂"
        assert near("巴彦浩特镇", DINE_IN) is None
        assert (near("阿拉善右旗"), near("阿拉善盟"), near(None)) == (None, None, None)
