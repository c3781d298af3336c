"""Which answer belongs to which intent; forms use it for questions in the middle."""

from collections.abc import Callable

from actions.answers import calendar, complaint, entitlement, policy, small_talk
from actions.context import Context
from actions.outcome import Spoken
from actions.turn import Turn

Answer = Callable[[Turn, Context], Spoken]

ANSWERS: dict[str, Answer] = {
    "ask_entitlement": entitlement.in_general,
    "ask_my_entitlements": entitlement.in_general,
    "ask_how_to_apply": policy.answer_apply,
    "ask_date_time": calendar.answer,
    "complain": complaint.in_passing,
    "repeat": small_talk.repeat,
    "out_of_scope": small_talk.out_of_scope,
    **dict.fromkeys(policy.INTENTS, policy.answer),
    **dict.fromkeys(small_talk.INTENTS, small_talk.answer),
}


def is_answerable(intent: str) -> bool:
    """Whether a turn of this intent can be answered in passing."""
    return intent in ANSWERS


def answer_in_passing(turn: Turn, context: Context) -> Spoken:
    """The answer, without starting anything of its own: no forms, and no offer but help at once."""
    spoken = ANSWERS[turn.intent](turn, context)
    # A "yes" in the middle of a booking must mean the booking.
    offers = spoken.offers if spoken.offers == "emergency" else None
    return Spoken(lines=spoken.lines, handover=spoken.handover, offers=offers, slots=spoken.slots)
