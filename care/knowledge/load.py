"""The project's own knowledge base, read from `data/`."""

from care.knowledge.card import project_cards
from care.knowledge.document import load_documents
from care.knowledge.index import CardIndex


def load_index() -> CardIndex:
    """The index over all cards.

    Raises:
        DataFileError: a file can't be used; the message names it, the line and what is wrong.
    """
    return CardIndex.build(project_cards(load_documents()))
