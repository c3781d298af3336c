"""What Asterisk tells over its event WebSocket, as far as it is used here.

Asterisk's own models are in rest-api/api-docs/events.json of its source; fields that aren't named
here are let be, so that a newer Asterisk may tell more.
"""

from pydantic import BaseModel, ValidationError


class Party(BaseModel):
    """One side of a call."""

    number: str = ""


class Dialplan(BaseModel):
    """Where in the dialplan a channel is."""

    exten: str = ""
    app_name: str = ""
    app_data: str = ""


class Channel(BaseModel):
    """A connection between Asterisk and a telephone, or between Asterisk and us."""

    id: str
    name: str = ""
    """Technology, endpoint and a number, such as `PJSIP/caller-00000001`."""

    state: str = ""
    """`Ring`, `Ringing`, `Up` and others."""

    caller: Party = Party()
    dialplan: Dialplan = Dialplan()
    channelvars: dict[str, str] = {}


class Bridge(BaseModel):
    """Channels that hear each other."""

    id: str
    channels: list[str] = []
    """Ids."""


class Event(BaseModel):
    """Something that happened; which fields there are depends on `type`."""

    type: str
    channel: Channel | None = None
    args: list[str] = []
    cause: int = 0
    """ITU-T Q.850, 0 when not told."""


def read_event(text: str | bytes) -> Event | None:
    """The event, or None for what can't be read as one."""
    try:
        return Event.model_validate_json(text)
    except ValidationError:
        return None
