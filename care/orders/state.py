"""The states of an order, what leads from one to the next, and which of them are an end."""

DRAFT = "draft"
"""Written down and not asked for yet: somebody has to say yes first."""
PLACED = "placed"
"""Asked for; no provider has it."""
OFFERED = "offered"
"""One provider has been asked and hasn't answered."""
ACCEPTED = "accepted"
UNDER_WAY = "under_way"
DONE = "done"
"""The elder may still say how it was."""
REVIEWED = "reviewed"
CLOSED = "closed"
"""Done, and nobody said how it was in time."""
CANCELLED = "cancelled"
NO_SHOW = "no_show"
"""One of the two wasn't there."""

STATES = (
    DRAFT,
    PLACED,
    OFFERED,
    ACCEPTED,
    UNDER_WAY,
    DONE,
    REVIEWED,
    CLOSED,
    CANCELLED,
    NO_SHOW,
)

FINAL = frozenset({REVIEWED, CLOSED, CANCELLED, NO_SHOW})
"""Nothing leads on from here."""
AHEAD = frozenset({DRAFT, PLACED, OFFERED, ACCEPTED})
"""Not begun: it can be changed and cancelled."""
HELD = frozenset({OFFERED, ACCEPTED, UNDER_WAY})
"""A provider is named, and its capacity taken."""
SERVED = frozenset({DONE, REVIEWED, CLOSED})
"""The elder got what was ordered."""

STEPS: dict[str, dict[str, frozenset[str]]] = {
    "confirmed": {PLACED: frozenset({DRAFT})},
    "offered": {OFFERED: frozenset({PLACED})},
    "accepted": {ACCEPTED: frozenset({OFFERED})},
    "refused": {PLACED: frozenset({OFFERED, ACCEPTED})},
    "expired": {PLACED: frozenset({OFFERED})},
    "reassigned": {PLACED: frozenset({OFFERED, ACCEPTED})},
    "started": {UNDER_WAY: frozenset({ACCEPTED})},
    "finished": {DONE: frozenset({UNDER_WAY})},
    "reviewed": {REVIEWED: frozenset({DONE, CLOSED})},
    "closed": {CLOSED: frozenset({DONE})},
    "cancelled": {CANCELLED: AHEAD},
    "no_show": {NO_SHOW: frozenset({ACCEPTED, UNDER_WAY})},
}
"""Each step by the kind of its event: the state it leads to, and those it leads from."""


def target(step: str) -> str:
    """Where a step leads."""
    return next(iter(STEPS[step]))


def sources(step: str) -> frozenset[str]:
    """Where a step may start."""
    return next(iter(STEPS[step].values()))
