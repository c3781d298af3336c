"""What can be told of: `topic.kind`, each an event of one of the append-only tables."""

import re
from collections.abc import Iterable

TOPICS = ("order", "visit", "alarm", "elder", "benefit")
"""Of care.changes, those that the REST API shows; conversations and seats are told to nobody."""

TEST = "webhook.test"
"""Sent by hand, to see whether it arrives."""

_KIND = re.compile(rf"(?:{'|'.join(TOPICS)})\.(?:\*|[a-z][a-z_]{{0,31}})")
MOST = 20


class KindError(ValueError):
    """Not a kind of event; `word` is what was written."""

    def __init__(self, word: str) -> None:
        super().__init__(f"{word!r} is no kind of event: expected order.* or order.placed")
        self.word = word


def read(words: Iterable[str]) -> frozenset[str]:
    """order.* or order.placed, as somebody wrote them. Raises KindError, also for none."""
    found = frozenset(word.strip() for word in words if word.strip())
    for word in sorted(found):
        if not _KIND.fullmatch(word):
            raise KindError(word[:40])
    if not found or len(found) > MOST:
        raise KindError("")
    return found


def whole(topic: str) -> str:
    """All kinds of a topic."""
    return f"{topic}.*"
