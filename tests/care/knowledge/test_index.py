"""Searching the cards."""

from hypothesis import given, settings
from hypothesis import strategies as st

from care.knowledge.card import Card
from care.knowledge.confidence import THRESHOLD
from care.knowledge.index import CardIndex
from care.knowledge.places import load_places

PLACES = load_places()
REGIONS = st.sampled_from(
    [None, "沈阳市", "铁西区", "西咸新区", "银川市", "阿拉善盟", "北京市", "火星"]
)
SPOKEN = st.lists(
    st.sampled_from([*"老人助餐点多少个有没沈阳养护理补贴八十岁 ,?a1😀", "高龄", "上门服务"]),
    max_size=20,
).map("".join)


def test_every_own_question_leads_to_its_card(index: CardIndex, cards: list[Card]) -> None:
    missed = []
    for card in cards:
        for question in card.questions:
            hits = index.search(question, card.region)
            if not hits or hits[0].card != card or hits[0].confidence < THRESHOLD:
                missed.append((question, card.id, [hit.card.id for hit in hits]))
    assert missed == []


@settings(deadline=None, max_examples=200)
@given(query=st.one_of(st.text(max_size=80), SPOKEN), region=REGIONS)
def test_any_query_gets_ordered_hits_of_its_region(
    index: CardIndex, query: str, region: str | None
) -> None:
    hits = index.search(query, region, limit=5)
    assert len(hits) <= 5
    assert all(0 <= hit.confidence <= 1 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    asked = index.place(query) or region
    assert all(asked is None or PLACES.covers(hit.card.region, asked) for hit in hits)


def test_a_place_in_the_question_goes_before_the_known_one(index: CardIndex) -> None:
    hits = index.search("沈阳有多少个老年助餐点", "银川市")
    assert {hit.card.region for hit in hits} == {"沈阳市"}


def test_a_district_is_answered_with_its_citys_card(index: CardIndex) -> None:
    (best, *_) = index.search("铁西区有养老管家吗", None)
    assert best.card.id == "shenyang-steward-count"


def test_a_place_outside_the_sources_has_no_cards(index: CardIndex) -> None:
    assert index.search("北京有多少个老年助餐点", None) == []


def test_blank_and_chatter_find_nothing(index: CardIndex) -> None:
    assert index.search("", None) == []
    assert index.search("喂你好,请问一下,那个", "沈阳市") == []


def test_a_topic_lifts_its_cards_and_hides_no_other(index: CardIndex) -> None:
    question = "沈阳特殊困难老人"
    plain = index.search(question, None, limit=20)
    hinted = index.search(question, None, topic="visiting", limit=20)
    assert {hit.card.id for hit in plain} == {hit.card.id for hit in hinted}
    lifted = {hit.card.id: hit.score for hit in hinted}
    for hit in plain:
        if hit.card.topic == "visiting":
            assert lifted[hit.card.id] > hit.score
        else:
            assert lifted[hit.card.id] == hit.score
