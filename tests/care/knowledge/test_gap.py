"""Questions that are known to have no answer."""

from pathlib import Path

import pytest

from care.data_files import DataFileError
from care.knowledge.answer import Found, NotFound, answer
from care.knowledge.card import Card
from care.knowledge.gap import Gap, load_gaps
from care.knowledge.index import CardIndex


def test_the_projects_gaps_name_known_regions(cards: list[Card]) -> None:
    regions = {card.region for card in cards}
    assert {gap.region for gap in load_gaps()} - {None} <= regions


def test_every_gap_is_not_found_in_its_region(index: CardIndex) -> None:
    told = [
        question
        for gap in load_gaps()
        for question in gap.questions
        if not isinstance(answer(index, question, gap.region), NotFound)
    ]
    assert told == []


def test_a_gap_silences_a_card_that_only_sounds_right(cards: list[Card]) -> None:
    question = "助餐点多少个灶台"
    few = [card for card in cards if card.topic == "canteen"]
    before = CardIndex.build(few, gaps=[])
    gap = Gap(about="灶台", region="沈阳市", questions=["助餐点有多少个灶台"])
    after = CardIndex.build(few, gaps=[gap])
    assert isinstance(answer(before, question, "沈阳市"), Found)
    assert answer(after, question, "沈阳市") == NotFound("沈阳市")
    assert answer(after, question, "银川市") == answer(before, question, "银川市")


def test_a_bad_gap_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gaps.yml"
    path.write_text("- about: 别的\n  questions: []\n", "utf-8")
    with pytest.raises(DataFileError, match=r"gaps\.yml:2: questions"):
        load_gaps(path)
