"""Found, ambiguous or not found."""

from care.knowledge.answer import Ambiguous, Found, NotFound, answer
from care.knowledge.index import CardIndex


def test_a_known_region_gets_its_own_card(index: CardIndex) -> None:
    for region, card in [
        ("沈阳市", "shenyang-canteen-count"),
        ("银川市", "yinchuan-canteen-count"),
    ]:
        found = answer(index, "老年助餐点有多少个", region)
        assert isinstance(found, Found)
        assert found.hit.card.id == card


def test_an_unknown_region_is_asked_for_when_several_answer(index: CardIndex) -> None:
    asked = answer(index, "老年助餐点有多少个", None)
    assert isinstance(asked, Ambiguous)
    assert {"沈阳市", "银川市"} <= set(asked.regions)


def test_only_one_place_has_stewards_for_every_community(index: CardIndex) -> None:
    found = answer(index, "养老管家配了多少个社区", None)
    assert isinstance(found, Found)
    assert found.hit.card.id == "shenyang-steward-count"


def test_what_no_source_tells_is_not_found(index: CardIndex) -> None:
    assert answer(index, "北京的助餐点有多少个", "沈阳市") == NotFound("北京市")
    assert answer(index, "高龄补贴每个月发几百块", "沈阳市") == NotFound("沈阳市")
    assert answer(index, "白内障手术疼不疼", None) == NotFound(None)
