"""Where speech is cut into clauses.

A sentence's first clause stands alone, because it is what most sentences share and so what is found
rendered already; the clauses after it are joined into breaths of about sixteen syllables, which
sound better in one piece. A sentence is cut the same wherever it stands, so that it is found again.
"""

import re

from voice.synthesis.clause import ENDS, INSIDE, LONGEST, SPEECH, Clause
from voice.synthesis.cut import broken, cut

BREATH = 16
"""Syllables that joined clauses have at most."""

_SENTENCE = re.compile(rf"[^{ENDS}]*[{ENDS}]+|[^{ENDS}]+\Z")
_PART = re.compile(rf"[^{INSIDE}{ENDS}]*[{INSIDE}{ENDS}]+|[^{INSIDE}{ENDS}]+\Z")


def clauses(text: str) -> list[Clause]:
    """All of the text in order, white space apart; nothing when there is nothing to speak."""
    found: list[Clause] = []
    for sentence in sentences(text):
        first, *rest = parts(sentence)
        found += halves(first)
        found += [half for joined in join(rest, BREATH) for half in halves(joined)]
    return found


def sentences(text: str) -> list[str]:
    """Each with its end mark; what holds no speech belongs to the sentence before it."""
    return _joined_marks(_SENTENCE.findall(re.sub(r"\s+", "", text)))


def parts(sentence: str) -> list[Clause]:
    """The sentence at its commas."""
    return [Clause(part) for part in _joined_marks(_PART.findall(sentence))]


def join(pieces: list[Clause], most: int) -> list[Clause]:
    """Neighbours joined as long as together they have at most `most` syllables."""
    joined: list[Clause] = []
    for piece in pieces:
        if joined and joined[-1].syllables + piece.syllables <= most:
            joined[-1] = Clause(joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined


def halves(clause: Clause) -> list[Clause]:
    """The clause, cut again where it is longer than the network speaks well."""
    found: list[Clause] = []
    while clause.syllables > LONGEST:
        head, clause = cut(clause, LONGEST) or broken(clause)
        found.append(head)
    return [*found, clause]


def _joined_marks(pieces: list[str]) -> list[str]:
    """Marks without speech go to the piece before, at the very start to the one after."""
    found: list[str] = []
    for piece in pieces:
        if found and not (SPEECH.search(piece) and SPEECH.search(found[-1])):
            found[-1] += piece
        else:
            found.append(piece)
    return [piece for piece in found if SPEECH.search(piece)]
