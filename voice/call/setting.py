"""What a session is made with: sentences, emergency detection, who calls and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.emergency.emergency import Emergency
from voice.call.about_call import AboutCall
from voice.call.ports import Talker
from voice.call.prompts import CallPrompts
from voice.line.leg import CameBack
from voice.synthesis.port import Style


@dataclass(frozen=True)
class Purpose:
    """Why we telephone somebody."""

    opening: str
    """The first words to a person, ending in what they are to answer."""
    expects: str | None = None
    """The slot that the opening asks for."""
    message: str | None = None
    """For an answering machine; None: the usual one."""
    talker: Talker | None = None
    """Who talks with them; None: the conversation of every call."""


@dataclass(frozen=True)
class Setting:
    """One call's."""

    prompts: CallPrompts
    about: AboutCall
    detect: Callable[[str], Emergency | None]
    """The gravest emergency in what was heard; called for every partial, so it is quick."""
    elders: Mapping[int, str] = field(default_factory=dict)
    """Records and names of those whose number calls: one, or all who share the landline."""
    sure: bool = False
    """Whether they may be greeted by their name; else they are asked."""
    recorded: bool = False
    """Whether the call is recorded unless the caller refuses."""
    came_back: CameBack | None = None
    """From where, if they were greeted already."""
    style: Style = Style()  # noqa: RUF009 - frozen
    purpose: Purpose | None = None
    """None: they call us."""
