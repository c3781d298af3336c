import numpy as np
import pytest

from tests.voice.model.language.models import WORDS, learned
from voice.model.language.perplexity import perplexity, unknown_share
from voice.model.language.smoothing import estimate


def test_what_was_seen_is_likelier_than_what_was_not() -> None:
    model = learned([[2, 3, 4], [2, 3, 5], [3, 2]])
    seen, unseen = model.score(np.array([[2, 3, 4], [2, 3, 6]]))
    assert seen > unseen > -20


def test_a_word_seen_behind_many_counts_for_more_than_one_seen_often_behind_one() -> None:
    """Kneser–Ney: 丁 follows three words, 戊 follows one more often."""
    model = learned([[2, 5], [3, 5], [4, 5], *[[2, 6]] * 6], highest=2)
    many, one = model.score(np.array([[7, 5], [7, 6]]))
    assert many > one


def test_a_word_that_nobody_said_has_a_share() -> None:
    assert np.isfinite(learned([[2, 3]]).score(np.array([[2, 3, 7]])))[0]


def test_nothing_to_learn_from_is_an_error() -> None:
    with pytest.raises(ValueError, match="no sentence"):
        estimate(WORDS, [])


def test_perplexity_is_low_for_what_was_learned() -> None:
    model = learned([[2, 3, 4, 5]] * 30)
    assert perplexity(model, [[2, 3, 4, 5]]) < 1.3 < perplexity(model, [[5, 4, 3, 2]])


def test_perplexity_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="no sentence"):
        perplexity(learned([[2]]), [])


def test_share_of_unknown_words() -> None:
    assert unknown_share([["甲", "某"], ["乙", "丙"]], WORDS) == 0.25
