"""Makes a transducer deterministic and as small as can be, in a process of its own.

Vosk brings an OpenFst of its own. Two of them in one process share some of their statics, and Vosk
then hangs while it is loaded; so `kaldifst` never enters the process of anybody who listens.
"""

import json
import subprocess
import sys
from dataclasses import dataclass

from voice.model.language.fst_error import OpenFstError

Arc = tuple[int, int, int, int, float]
"""From state, to state, input, output, cost."""

_PATIENCE = 600
"""Seconds; a lexicon of 50,000 words takes a few."""


@dataclass(frozen=True)
class Transducer:
    """What comes back; every state that matters is on an arc."""

    arcs: list[Arc]
    states: int
    start: int


def smallest(arcs: list[Arc]) -> Transducer:
    """The same transducer from state 0 back to state 0; raises OpenFstError."""
    text = "\n".join(f"{a} {b} {i} {o} {c}" for a, b, i, o, c in arcs) + "\n0\n"
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter, this module
            [sys.executable, "-m", __name__],
            input=text,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise OpenFstError("the lexicon could not be made into a graph") from error
    found = json.loads(done.stdout)
    return Transducer([tuple(arc) for arc in found["arcs"]], found["states"], found["start"])


def _main() -> None:
    import kaldifst  # noqa: PLC0415 - see above

    fst = kaldifst.compile(sys.stdin.read(), acceptor=False)
    kaldifst.determinize_star(fst, use_log=False)
    kaldifst.minimize_encoded(fst)
    arcs = [
        (state, arc.nextstate, arc.ilabel, arc.olabel, arc.weight.value)
        for state in range(fst.num_states)
        for arc in kaldifst.ArcIterator(fst, state)
    ]
    json.dump({"arcs": arcs, "states": fst.num_states, "start": fst.start}, sys.stdout)


if __name__ == "__main__":
    _main()
