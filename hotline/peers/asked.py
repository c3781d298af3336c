"""What one process asks of another that has calls."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from console.desk.calls import Calls, Line, Part

STEPS = "/peers/calls"
"""Where all but sound is asked for."""
SOUND = "/peers/sound"
"""A WebSocket, as console.desk.sound_socket has it."""

Lines = TypeAdapter(dict[int, Line])
"""What Look is answered with."""


class _Asked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Look(_Asked):
    """See `Calls.lines`."""

    what: Literal["look"] = "look"


class Sound(_Asked):
    """See `Calls.plug`."""

    what: Literal["sound"] = "sound"
    conversation: int
    name: str
    part: Part
    rate: int


class Dial(_Asked):
    """See `Calls.dial`."""

    what: Literal["dial"] = "dial"
    conversation: int
    target: str
    name: str
    part: Part


class Hold(_Asked):
    """See `Calls.hold`."""

    what: Literal["hold"] = "hold"
    conversation: int
    on: bool
    by: str


class Turn(_Asked):
    """See `Calls.turn`."""

    what: Literal["turn"] = "turn"
    conversation: int
    name: str
    part: Part


class Dismiss(_Asked):
    """See `Calls.dismiss`."""

    what: Literal["dismiss"] = "dismiss"
    conversation: int
    leg: str


Step = Dial | Hold | Turn | Dismiss
Asked = Annotated[Look | Sound | Step, Field(discriminator="what")]


def do(calls: Calls, step: Step) -> None:
    """Raises NotInCallError."""
    match step:
        case Dial():
            calls.dial(step.conversation, step.target, step.name, step.part)
        case Hold():
            calls.hold(step.conversation, step.on, step.by)
        case Turn():
            calls.turn(step.conversation, step.name, step.part)
        case Dismiss():
            calls.dismiss(step.conversation, step.leg)
