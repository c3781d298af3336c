"""More was wished for at once than one order holds."""

from collections.abc import Collection

from actions.outcome import Line, line
from actions.turn import Turn


def one_at_a_time(turn: Turn, slots: Collection[str]) -> tuple[Line, ...]:
    """Says so; nothing where one order holds it. `slots`: the form's."""
    both = bool(turn.first("service")) and bool(turn.first("meal") or "订饭" in turn.text)
    kinds = ("service",) if "service" in slots else ("meal", "time")
    several = any(len(set(turn.all(kind))) > 1 for kind in kinds)
    return (line("utter_one_at_a_time"),) if both or several else ()
