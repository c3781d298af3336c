"""How sure it is that a card answers a question."""

import math

THRESHOLD = 0.35
"""Below it nothing is answered. Set with the questions in `tests/care/knowledge/questions.yml`."""

MISSING = 20.0
"""Mass of four rare tokens; see `Overlap.covered`."""

# A logistic regression, rounded. Positives: every question of every card, the card searched
# without it. Negatives: every gap's question, searched without it; every card's question with the
# card taken out; half of what `data/nlu/social/out_of_scope.yml` lists.
_COVERED, _GAP, _MARGIN, _BIAS = 10.5, -5.9, 4.2, -2.2


def confidence(covered: float, gap: float, margin: float) -> float:
    """0–1.

    Args:
        covered: share of the question that the card holds, with `MISSING`.
        gap: likeness with the likest question that no source answers.
        margin: by how much the card is ahead of the next one (negative if behind).
    """
    return 1 / (1 + math.exp(-(_COVERED * covered + _GAP * gap + _MARGIN * margin + _BIAS)))
