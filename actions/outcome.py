"""What a turn leads to, before it is put into Rasa's words."""

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk.executor import CollectingDispatcher


@dataclass(frozen=True)
class Line:
    """One thing to say: a response of the domain with its values, or a finished text."""

    response: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    text: str | None = None
    cites: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def line(response: str, **values: str) -> Line:
    """A response of the domain (`utter_…`) with its values."""
    return Line(response=response, values=values)


@dataclass(frozen=True)
class Spoken:
    """Lines, and wishes for the conversation around the dialogue."""

    lines: tuple[Line, ...] = ()
    handover: str | None = None
    offers: str | None = None
    """A yes-or-no question of the conversation's own: `person` or `emergency`."""
    offer_is_told: bool = False
    """The lines end with that question already."""
    follow: str | None = None
    """The form or action that goes on from here."""
    slots: dict[str, Any] = field(default_factory=dict)
    """What the dialogue has to remember."""


def utter(
    dispatcher: CollectingDispatcher,
    spoken: Spoken,
    expects: str | None = None,
    *,
    settled: bool = False,
) -> None:
    """Sends the lines, then the wishes, through Rasa's dispatcher.

    `expects` is the slot that is asked for now, so that a caller is listened to accordingly.
    `settled`: what they wanted is done with, unless the lines leave something open.
    """
    for item in (*spoken.lines, *_offer(spoken)):
        if item.text is not None:
            dispatcher.utter_message(text=item.text)
        else:
            dispatcher.utter_message(response=item.response, **item.values)
        if item.cites:
            dispatcher.utter_message(
                json_message={"cites": list(item.cites), "sources": list(item.sources)}
            )
    is_open = expects or spoken.handover or spoken.offers or spoken.follow
    wishes: dict[str, object] = {
        "handover": spoken.handover,
        "offers": spoken.offers,
        "expects": expects,
        "settled": settled and not is_open,
    }
    wishes = {key: value for key, value in wishes.items() if value}
    if wishes:
        dispatcher.utter_message(json_message=wishes)


def _offer(spoken: Spoken) -> tuple[Line, ...]:
    if spoken.offers is None or spoken.offer_is_told:
        return ()
    return (line(f"utter_offer_{spoken.offers}"),)
