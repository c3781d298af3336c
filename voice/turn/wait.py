"""How long a pause must be to be an end, given what was said before it."""

from enum import StrEnum

from voice.turn.answer import is_murmur, is_yes_or_no
from voice.turn.complete import is_complete
from voice.turn.delays import EndDelays
from voice.turn.expectation import Expectation
from voice.turn.inside import is_inside, is_inside_digits
from voice.turn.wait_wish import wants_a_moment


class Wait(StrEnum):
    """Why the turn isn't ours yet; in this order longer and longer."""

    COMPLETE = "complete"
    MURMUR = "murmur"
    OTHERWISE = "otherwise"
    INSIDE = "inside"
    DIGITS = "digits"


def wait_after(text: str, expectation: Expectation) -> Wait:
    """What kind of pause `text` (all of the turn so far, perhaps nothing) may be followed by."""
    if is_murmur(text):
        # Only a question of yes or no is answered by it; elsewhere the speaker gathers thoughts.
        return Wait.MURMUR if expectation is Expectation.YES_NO else Wait.OTHERWISE
    if is_inside_digits(text, expectation):
        return Wait.DIGITS
    if wants_a_moment(text):
        return Wait.OTHERWISE  # what is looked for may follow at once
    if is_complete(text, expectation):
        return Wait.COMPLETE
    if is_yes_or_no(text):
        return Wait.MURMUR
    return Wait.INSIDE if is_inside(text, expectation) else Wait.OTHERWISE


def seconds_of(wait: Wait, waits: EndDelays) -> float:
    """How long that is."""
    return {
        Wait.COMPLETE: waits.complete,
        Wait.MURMUR: waits.murmur,
        Wait.OTHERWISE: waits.otherwise,
        Wait.INSIDE: waits.inside,
        Wait.DIGITS: waits.digits,
    }[wait]
