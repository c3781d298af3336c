"""Which piece is synthesised when: small ones first, so that sound starts early and never stops.

Speech is made about three times as fast as it is heard, so a piece may be twice as long as all that
was said before it, and is ready in time. What is rendered already needs no such care.
"""

from collections.abc import Callable, Iterator

from voice.synthesis.clause import Clause
from voice.synthesis.clauses import BREATH, clauses, parts
from voice.synthesis.cut import cut

HEAD = 6
"""Syllables that a reply begins with at most, where nothing of it is rendered: made in half a
second."""
_LEEWAY = 3
"""Syllables that are not worth another cut."""


def paced(text: str, is_ready: Callable[[Clause], bool]) -> Iterator[Clause]:
    """The clauses of `text` in order, those that aren't ready cut to what can be made in time."""
    said = 0
    for clause in clauses(text):
        if is_ready(clause):
            said += clause.syllables
            yield clause
            continue
        for piece in _pieces(clause, said):
            said += piece.syllables
            yield piece


def _pieces(clause: Clause, said: int) -> Iterator[Clause]:
    waiting = parts(clause.text)
    while waiting:
        room = min(BREATH, max(HEAD, 2 * said))
        piece = waiting.pop(0)
        while waiting and piece.syllables + waiting[0].syllables <= room:
            piece = Clause(piece.text + waiting.pop(0).text)
        if piece.syllables > room + (_LEEWAY if said else 1) and room < BREATH:
            halves = cut(piece, room)
            if halves is not None:
                piece, rest = halves
                waiting.insert(0, rest)
        said += piece.syllables
        yield piece
