"""Kaldi's transition model for CTC: a state that says a unit, and one that waits.

Each unit has a label state and a blank state of its own behind it; a phone of its own, number 1,
is the blank before the first word. Numbers follow Kaldi's `hmm-topology.cc` and
`transition-model.cc`.
"""

import numpy as np

from voice.model.acoustic.kaldi_binary import integer, integers, real, token, vector
from voice.model.language.topology import transition_count

BLANK_PHONE = 1
FIRST_UNIT_PHONE = 2
BLANK = 0
"""Output number of the blank."""

_SPEAKING = ((0, 0.34), (1, 0.33), (2, 0.33))
"""From the label state: stay, wait, leave."""
_WAITING = ((1, 0.5), (2, 0.5))


def transition_model(units: int) -> bytes:
    """`<TransitionModel>` … `</TransitionModel>` in Kaldi's binary format."""
    phones = list(range(1, units + 2))
    kinds = [-1, 0] + [1] * units
    entries = (
        integer(2) + _states([(0, ((0, 0.5), (1, 0.5)))]) + _states([(0, _SPEAKING), (1, _WAITING)])
    )
    pairs = [(BLANK_PHONE, 0, BLANK)]
    for unit in range(units):
        phone = unit + FIRST_UNIT_PHONE
        pairs += [(phone, 0, unit + 1), (phone, 1, BLANK)]
    triples = b"".join(integer(number) for pair in pairs for number in pair)
    # Vosk adds these to the graph's own weights only with a transition scale, which is 0.
    logs = np.full(transition_count(units) + 1, np.log(0.5), np.float32)
    return b"".join(
        [
            token("<TransitionModel>"),
            token("<Topology>"),
            integers(phones),
            integers(kinds),
            entries,
            token("</Topology>"),
            token("<Triples>"),
            integer(len(pairs)),
            triples,
            token("</Triples>"),
            token("<LogProbs>"),
            vector(logs),
            token("</LogProbs>"),
            token("</TransitionModel>"),
        ]
    )


def _states(states: list[tuple[int, tuple[tuple[int, float], ...]]]) -> bytes:
    """One topology: its emitting states, then the final one, which has no output."""
    written = integer(len(states) + 1)
    for output, transitions in states:
        written += integer(output) + integer(len(transitions))
        for target, probability in transitions:
            written += integer(target) + real(probability)
    return written + integer(-1) + integer(0)
