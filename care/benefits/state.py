"""Where a benefit that was found for an elder stands, and which steps lead from where to where."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class State(str, Enum):
    """What the list of the desk is filtered by; the Chinese names are in data/benefits."""

    TO_CHECK = "to_check"
    """One fact is missing: only a person can say whether it fits."""
    NEW = "new"
    """Entitled by the rules, doesn't get it as far as is known, and wasn't told."""
    TOLD = "told"
    APPLYING = "applying"
    GRANTED = "granted"
    NOT_ELIGIBLE = "not_eligible"
    """The office said no, or a person saw that it doesn't fit."""
    LAPSED = "lapsed"
    """The rule doesn't hold any more (moved, next age band), or they get it already."""


class Step(str, Enum):
    """What a person does; the kinds of `BenefitEvent` beside those of the nightly round."""

    CONFIRM = "confirmed"
    """The missing fact was looked up and fits."""
    TELL = "told"
    APPLY = "applied"
    GRANT = "granted"
    REFUSE = "refused"
    RECEIVES = "receives"
    """They get it already; nobody had recorded it."""
    REOPEN = "reopened"


@dataclass(frozen=True)
class Way:
    """Where a step may begin, and where it ends."""

    before: frozenset[State]
    after: State


WAYS: Mapping[Step, Way] = {
    Step.CONFIRM: Way(frozenset({State.TO_CHECK}), State.NEW),
    Step.TELL: Way(frozenset({State.NEW, State.TOLD}), State.TOLD),
    Step.APPLY: Way(frozenset({State.NEW, State.TOLD}), State.APPLYING),
    Step.GRANT: Way(frozenset({State.TOLD, State.APPLYING}), State.GRANTED),
    Step.REFUSE: Way(
        frozenset({State.TO_CHECK, State.NEW, State.TOLD, State.APPLYING}), State.NOT_ELIGIBLE
    ),
    Step.RECEIVES: Way(frozenset({State.TO_CHECK, State.NEW, State.TOLD}), State.LAPSED),
    Step.REOPEN: Way(frozenset({State.NOT_ELIGIBLE}), State.NEW),
}

FADES = frozenset({State.TO_CHECK, State.NEW, State.TOLD})
"""What the nightly round may end by itself. An application under way is left to people."""


def steps_from(state: State) -> tuple[Step, ...]:
    """What a person may do now, in the order of the buttons."""
    return tuple(step for step, way in WAYS.items() if state in way.before)
