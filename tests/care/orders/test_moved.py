"""In which region an order lies whose address was changed."""

from dataclasses import replace

import pytest

from care.canteens.way import PICK_UP
from care.orders.model import Order
from care.orders.moved import moved
from tests.care.orders.town import LUNCH

ORDER = Order(**vars(LUNCH))


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ("额济纳旗达来呼布镇和平路2号", "达来呼布镇"),
        ("西关小区1号楼", LUNCH.region),
        ("阿拉善左旗西关小区1号楼", LUNCH.region),
        ("内蒙古自治区阿拉善盟西关小区", LUNCH.region),
        (LUNCH.place, LUNCH.region),
    ],
)
def test_an_address_tells_its_region(place: str, region: str) -> None:
    assert moved(replace(LUNCH, place=place), ORDER).region == region


def test_who_fetches_it_goes_where_the_canteen_is() -> None:
    wish = replace(LUNCH, place="额济纳旗和平路2号", way=PICK_UP)
    assert moved(wish, ORDER).region == LUNCH.region


def test_what_is_told_is_not_read_again() -> None:
    wish = replace(LUNCH, place="额济纳旗和平路2号", region="阿拉善右旗")
    assert moved(wish, ORDER).region == "阿拉善右旗"
