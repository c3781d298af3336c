import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.model.language.models import HISTORIES, WORDS, learned, total
from voice.model.language.mixing import mix
from voice.model.language.ngrams import closed, normalised, pack, unpack
from voice.model.language.pruning import perplexity_change, prune
from voice.model.language.widening import widened

SENTENCES = st.lists(
    st.lists(st.integers(2, len(WORDS) - 1), min_size=1, max_size=6), min_size=1, max_size=20
)
FEW = settings(max_examples=25, deadline=None)


@FEW
@given(SENTENCES)
def test_every_history_of_a_learned_model_sums_to_one(sentences: list[list[int]]) -> None:
    model = learned(sentences)
    assert [total(model, history) for history in HISTORIES] == pytest.approx([1] * 8, abs=0.003)


@FEW
@given(SENTENCES, SENTENCES, st.floats(0.05, 0.95), st.booleans())
def test_every_history_of_a_mixture_sums_to_one(
    one: list[list[int]], other: list[list[int]], weight: float, fixed: bool
) -> None:
    model = mix([learned(one), learned(other)], [weight, 1 - weight], fixed=fixed)
    assert [total(model, history) for history in HISTORIES] == pytest.approx([1] * 8, abs=0.01)


@FEW
@given(SENTENCES, st.sampled_from([0.0, 1e-3, 1e-2, 1.0]))
def test_every_history_of_a_pruned_model_sums_to_one(
    sentences: list[list[int]], threshold: float
) -> None:
    model = prune(learned(sentences), {2: threshold, 3: threshold})
    assert [total(model, history) for history in HISTORIES] == pytest.approx([1] * 8, abs=0.01)


@FEW
@given(st.lists(st.tuples(*[st.integers(0, 6)] * 3), min_size=1))
def test_keys_hold_their_words(grams: list[tuple[int, int, int]]) -> None:
    table = np.array(grams, np.int64)
    assert (unpack(pack(table, 7), 3, 7) == table).all()


def test_fixed_weights_are_a_plain_average() -> None:
    one, other = learned([[2, 3, 4]] * 3), learned([[2, 5]] * 4)
    gram = np.array([[2, 3]], np.int64)
    expected = 0.3 * np.exp(one.score(gram)) + 0.7 * np.exp(other.score(gram))
    mixed = mix([one, other], [0.3, 0.7], fixed=True)
    assert np.exp(mixed.score(gram)) == pytest.approx(expected, rel=1e-6)


def test_the_model_that_expected_the_words_before_is_listened_to() -> None:
    one, other = learned([[2, 3, 4]] * 9), learned([[2, 5, 6]] * 9)
    gram = np.array([[2, 3, 4]], np.int64)
    fixed = mix([one, other], [0.5, 0.5], fixed=True).score(gram)
    assert mix([one, other], [0.5, 0.5]).score(gram) > fixed


def test_models_of_different_words_are_not_mixed() -> None:
    one = learned([[2]])
    with pytest.raises(ValueError, match="same list"):
        mix([one, widened(one, ["庚"])], [0.5, 0.5])


def test_weights_are_shares_of_one() -> None:
    with pytest.raises(ValueError, match="shares of 1"):
        mix([learned([[2]])], [0.5])


def test_what_pruning_costs_is_the_change_of_entropy() -> None:
    model = learned([[2, 3], [2, 3], [2, 4], [3, 4], [5, 3], [4, 4, 2]] * 2, highest=2)
    change = perplexity_change(model, 2)
    keys = model.orders[1].keys
    place = int(np.argmax(change))
    keep = np.arange(len(keys)) != place
    without = normalised(
        model.words,
        [model.orders[0].keys, keys[keep]],
        [model.orders[0].logs, model.orders[1].logs[keep]],
    )
    history = int(keys[place] // len(WORDS))
    grams = np.array([[history, word] for word in range(1, len(WORDS))], np.int64)
    before, after = model.score(grams), without.score(grams)
    seen = 0.12 if history == 0 else float(np.exp(model.score(np.array([[history]])))[0])
    loss = seen * float((np.exp(before) * (before - after)).sum())
    assert change[place] == pytest.approx(np.expm1(loss), rel=1e-3)


def test_pruning_everything_leaves_single_words() -> None:
    assert len(prune(learned([[2, 3, 4]]), {2: 1e9, 3: 1e9}).orders) == 1


def test_an_ngram_without_its_history_is_refused() -> None:
    with pytest.raises(ValueError, match="history"):
        normalised(WORDS, [np.array([1, 2]), np.array([3 * 8 + 2])], [np.zeros(2), np.zeros(1)])


def test_closing_adds_histories_and_endings() -> None:
    keys = closed([np.array([1]), np.array([], np.int64), pack(np.array([[2, 3, 4]]), 8)], 8)
    assert keys[1].tolist() == [2 * 8 + 3, 3 * 8 + 4]
    assert keys[0].tolist() == [1, 2, 3, 4]


def test_a_new_word_is_rare_and_the_others_stay() -> None:
    model = learned([[2, 3], [3, 4]])
    wide = widened(model, ["庚", "甲", "庚"])
    assert wide.words == (*WORDS, "庚")
    gram = np.array([[2, 3]], np.int64)
    assert wide.score(gram) == pytest.approx(model.score(gram), abs=1e-3)
    assert wide.score(np.array([[2, len(WORDS)]])) < -15
