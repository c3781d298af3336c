"""The project's own cards and index, built once."""

from pathlib import Path
from typing import Any

import pytest

from care.data_files import read_yaml
from care.knowledge.card import Card, project_cards
from care.knowledge.document import load_documents
from care.knowledge.index import CardIndex

QUESTIONS = Path(__file__).with_name("questions.yml")


@pytest.fixture(scope="session")
def cards() -> list[Card]:
    return project_cards(load_documents())


@pytest.fixture(scope="session")
def index(cards: list[Card]) -> CardIndex:
    return CardIndex.build(cards)


@pytest.fixture(scope="session")
def held_out() -> dict[str, Any]:
    """`answerable`: ask, cards, region?, noisy?; `unanswerable`: ask, region?."""
    content: dict[str, Any] = read_yaml(QUESTIONS)
    return content
