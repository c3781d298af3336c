"""Places in questions, by writing and by sound."""

import pytest

from care.knowledge.places import load_places

PLACES = load_places()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("沈阳有多少个助餐点", "沈阳市"),
        ("审阳住餐点有多少", "沈阳市"),
        ("我在审阳住", "沈阳市"),
        ("西线新区开养老院", "西咸新区"),
        ("沣东新城的综合体", "沣东新城"),
        ("额旗有幸福院吗", "额济纳旗"),
        ("铁西区的食堂", "铁西区"),
        ("北京有几个食堂", "北京市"),
    ],
)
def test_a_place_is_found(text: str, place: str) -> None:
    found = PLACES.find(text)
    assert found is not None
    assert found[1] == place


@pytest.mark.parametrize("text", ["", "婶养老怎么办", "今天天气好", "助餐点有几个"])
def test_no_place_is_made_up(text: str) -> None:
    assert PLACES.find(text) is None


def test_a_district_has_what_its_city_has() -> None:
    assert PLACES.covers("沈阳市", "铁西区")
    assert PLACES.covers("沈阳市", "沈阳市")
    assert not PLACES.covers("沈阳市", "银川市")
    assert not PLACES.covers("铁西区", "沈阳市")
    assert not PLACES.covers("沈阳市", "北京市")
