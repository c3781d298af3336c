"""Walks the graph from frames to words, as the decoder does."""

import math

import pytest

from voice.model.language import topology
from voice.model.language.lexicon_graph import Graph, lexicon_graph
from voice.model.language.pronunciation import Units
from voice.model.units import UNITS, word_units

SOUNDS: dict[str, dict[Units, float]] = {
    word: {units: 0.0} if (units := word_units(word)) else {}
    for word in ["五", "无", "五五", "一", "衣服", "服", "巴", "巴彦", "你", "您好", "好"]
}
SOUNDS["一"] = {("i",): 0.0, ("iao",): 1.5}
NUMBERS = {word: place for place, word in enumerate(SOUNDS, start=1)}
BLANK = "_"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return lexicon_graph(NUMBERS, SOUNDS)


def heard(graph: Graph, frames: list[str]) -> dict[tuple[str, ...], float]:
    """Every sequence of words that these frames (units or blanks) can be, with its cost."""
    names = {number: word for word, number in NUMBERS.items()}
    here: dict[tuple[int, tuple[str, ...]], float] = _free(graph, {(graph.arcs[0][0], ()): 0.0})
    for frame in frames:
        after: dict[tuple[int, tuple[str, ...]], float] = {}
        for (state, said), cost in here.items():
            for a, b, label, word, more in graph.arcs:
                if a == state and label and _unit(label) == frame:
                    key = (b, (*said, names[word]) if word else said)
                    after[key] = min(after.get(key, math.inf), cost + more)
        here = _free(graph, after)
    return {said: cost for (state, said), cost in here.items() if state == graph.final}


def _free(
    graph: Graph, here: dict[tuple[int, tuple[str, ...]], float]
) -> dict[tuple[int, tuple[str, ...]], float]:
    """Also what is reached without a frame: epsilons and marks, which may carry a word."""
    names = {number: word for word, number in NUMBERS.items()}
    found, waiting = dict(here), list(here)
    while waiting:
        state, said = waiting.pop()
        for a, b, label, word, more in graph.arcs:
            if a == state and (label == 0 or label > topology.LAST):
                key = (b, (*said, names[word]) if word else said)
                if found.get(key, math.inf) > found[state, said] + more:
                    found[key] = found[state, said] + more
                    waiting.append(key)
    return found


def _unit(label: int) -> str | None:
    if label <= 2:
        return BLANK
    return UNITS[(label - 3) // 5] if label <= topology.LAST else None


@pytest.mark.parametrize("word", [word for word in SOUNDS if word not in ("一", "五五")])
@pytest.mark.parametrize("style", ["short", "long", "blanks", "around"])
def test_a_word_is_heard_however_long_it_takes(graph: Graph, word: str, style: str) -> None:
    (units,) = SOUNDS[word]
    frames = {
        "short": list(units),
        "long": [unit for unit in units for _ in range(3)],
        "blanks": [frame for unit in units for frame in (unit, BLANK, BLANK)],
        "around": [BLANK, BLANK, *units, BLANK],
    }[style]
    assert (word,) in heard(graph, frames)


def test_a_sound_held_long_is_one_and_a_blank_makes_two(graph: Graph) -> None:
    twice = heard(graph, ["u", BLANK, "u"])
    assert ("五五",) in twice
    assert ("五", "五") in twice
    assert ("五",) not in twice
    assert ("五",) in heard(graph, ["u", "u", "u"])


def test_homophones_are_all_heard(graph: Graph) -> None:
    assert {("五",), ("无",)} <= set(heard(graph, ["u"]))


def test_words_follow_each_other_with_or_without_silence(graph: Graph) -> None:
    assert ("你", "好") in heard(graph, ["n", "i", "h", "ao"])
    assert ("你", "好") in heard(graph, ["n", "i", BLANK, BLANK, "h", "h", BLANK, "ao", BLANK])


def test_silence_is_no_word(graph: Graph) -> None:
    assert set(heard(graph, [BLANK] * 4)) == {()}


def test_what_no_word_sounds_like_is_not_heard(graph: Graph) -> None:
    assert heard(graph, ["zh", "ang"]) == {}


def test_a_second_reading_has_its_price(graph: Graph) -> None:
    assert heard(graph, ["i"])[("一",)] == 0
    assert heard(graph, ["iao"])[("一",)] == pytest.approx(1.5)


def test_every_transition_is_one_of_the_acoustic_model(graph: Graph) -> None:
    highest = topology.LAST + graph.marks
    assert {label for _, _, label, _, _ in graph.arcs} <= set(range(highest + 1))
    assert 2 + 5 * len(UNITS) == topology.LAST
