"""What may help an operator with what an elder has just said: answers, and a form to fill in."""

from collections.abc import Mapping
from dataclasses import dataclass

from care.conversations.model import Understanding
from care.desk.lookup import Found, look_up
from care.desk.view import View
from care.desk.words import Words
from care.knowledge.document import Document
from care.knowledge.index import CardIndex

_MOST = 2
"""Answers: somebody reads them while they talk."""
_SHORTEST = 4
"""Characters of an utterance that can be a question: 好的, 对 are none."""
_SURE = 0.5
"""Confidence from which what was understood is shown."""
_FORMS = frozenset({"order_meal", "book_service", "book_visit"})
"""What is done with the form for an order."""


@dataclass(frozen=True)
class Offers:
    """For the last utterance of one conversation."""

    said: str
    """The utterance."""
    found: tuple[Found, ...]
    """Answers that the assistant would have given, each with its source."""
    order: str | None
    """What the form for an order would be for: 订饭."""
    known: dict[str, str]
    """What the form will have in it, by its Chinese name."""


def offers(
    seen: View, words: Words, index: CardIndex, documents: Mapping[str, Document]
) -> Offers | None:
    """None as long as the elder has said nothing that could want something."""
    lines = [line for line in seen.lines if line.said.speaker == "elder"]
    if not lines or len(lines[-1].said.text) < _SHORTEST:
        return None
    said, understood = lines[-1].said.text, lines[-1].understood
    found = look_up(index, documents, _asked(said, understood), seen.slots.get("region"))
    wants = _form(understood, words)
    known = seen.topic.known if wants else {}
    return Offers(said, tuple(each for each in found if each.sure)[:_MOST], wants, known)


def _asked(said: str, understood: Understanding | None) -> str:
    """What was said, led by what it was understood to be about: 的老龄津贴 may be misheard."""
    about = understood.slots.get("benefit", "") if understood else ""
    return said if about in said else f"{about} {said}"


def _form(understood: Understanding | None, words: Words) -> str | None:
    if understood is None or understood.intent not in _FORMS or understood.confidence < _SURE:
        return None
    return words.intent(understood.intent)
