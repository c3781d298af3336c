"""What is told of many turns."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.calls.dialogues import Kind
from benchmarks.calls.turns import Turn

NEVER = 15.0
"""Seconds that a turn without an answer counts as: so long does a caller wait."""
DEAD = 1.5
"""Seconds of silence that a caller takes for a dead line."""


@dataclass(frozen=True)
class Wait:
    """Seconds of the same kind of waiting, many times."""

    p50: float
    p95: float
    most: float
    count: int


@dataclass(frozen=True)
class Answers:
    """How soon one stack answers."""

    yes_no: Wait
    requests: Wait
    whole: Wait
    """Those two together: what is over when it is said."""
    every: Wait
    every_answer: Wait
    """Until the answer itself, without what fills the silence."""
    whole_answer: Wait
    fillers: int
    """Turns where something else was said first."""
    unanswered: int
    talked_into: int
    """Turns in which we spoke while the caller did, uninvited."""
    dead_air: int
    """Turns with a silence of more than 1.5 s, before the answer or inside it."""


def wait(seconds: Sequence[float]) -> Wait:
    """Raises ValueError for none."""
    if not seconds:
        raise ValueError("nothing was measured")
    ranked = sorted(seconds)
    p95 = statistics.quantiles(ranked, n=20, method="inclusive")[-1] if ranked[1:] else ranked[0]
    return Wait(statistics.median(ranked), p95, ranked[-1], len(ranked))


def waits(seconds: Iterable[float | None]) -> Wait | None:
    """Of those that were measured; None where none was."""
    found = [each for each in seconds if each is not None]
    return wait(found) if found else None


def delays(
    turns: Iterable[Turn], never: float | None = NEVER, *, itself: bool = False
) -> list[float]:
    """Seconds until the first sound of each, or until the answer `itself`; `never` as below."""
    found = ((turn.answer if itself else turn.first) for turn in turns)
    filled = (never if seconds is None else seconds for seconds in found)
    return [seconds for seconds in filled if seconds is not None]


def answers(turns: Sequence[Turn], never: float | None = NEVER) -> Answers:
    """`never`: seconds that a turn without an answer counts as; None: it doesn't count.

    Raises ValueError when a kind is missing.
    """

    def of(kinds: set[Kind], *, itself: bool = False) -> Wait:
        return wait(delays([turn for turn in turns if turn.kind in kinds], never, itself=itself))

    whole = {Kind.YES_NO, Kind.REQUEST}
    return Answers(
        yes_no=of({Kind.YES_NO}),
        requests=of({Kind.REQUEST}),
        whole=of(whole),
        every=of(set(Kind)),
        every_answer=of(set(Kind), itself=True),
        whole_answer=of(whole, itself=True),
        fillers=sum(turn.first is not None and turn.first != turn.answer for turn in turns),
        unanswered=unanswered(turns),
        talked_into=sum(turn.talked_into for turn in turns),
        dead_air=dead_air(turns),
    )


def unanswered(turns: Iterable[Turn]) -> int:
    """Turns after which nothing was said, or that didn't stop what was."""
    return sum(turn.first is None for turn in turns)


def dead_air(turns: Iterable[Turn]) -> int:
    """Turns with a silence that worries."""
    return sum(turn.longest_silence > DEAD for turn in turns)
