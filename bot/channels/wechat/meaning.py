"""What a message means to the conversation."""

from dataclasses import dataclass

from bot.channels.wechat.menu import Menu
from bot.channels.wechat.message import Event, Location, Message, Other, Text, Voice
from bot.channels.wechat.sentences import Sentences

MOST_WORDS = 700
"""Characters: more than the 2,048 octets of Chinese that WeChat lets people write."""


@dataclass(frozen=True)
class Says:
    """An utterance."""

    text: str
    spoken: bool = False
    """They said it, and may want to hear the answer."""


@dataclass(frozen=True)
class Spoke:
    """A voice message that the platform didn't recognise."""

    media_id: str


@dataclass(frozen=True)
class IsAt:
    """Where they are."""

    place: str
    """As operators read it: an address, and where that is on the map."""
    text: str
    """The utterance, when no alarm is open: an address answers a question about it. Empty for
    what their telephone reports by itself."""


@dataclass(frozen=True)
class Greets:
    """They began to follow the account."""


Meaning = Says | Spoke | IsAt | Greets


def meaning(message: Message, menu: Menu, says: Sentences) -> Meaning | None:
    """None for what needs no answer."""
    match message:
        case Text():
            return Says(message.content[:MOST_WORDS])
        case Voice():
            if message.recognition.strip():
                return Says(message.recognition[:MOST_WORDS], spoken=True)
            return Spoke(message.media_id)
        case Location():
            label = message.label.strip()
            place = _place(label, message.latitude, message.longitude, says)
            return IsAt(place, label or says.heard_place)
        case Other():
            return Says(says.heard_other)
        case Event():
            return _event(message, menu, says)


def _event(event: Event, menu: Menu, says: Sentences) -> Meaning | None:
    match event.event:
        case "subscribe":
            return Greets()
        case "click":
            return Says(menu.says(event.event_key) or says.heard_menu)
        case "location" if event.latitude is not None and event.longitude is not None:
            return IsAt(_place("", event.latitude, event.longitude, says), "")
    return None


def _place(label: str, latitude: float, longitude: float, says: Sentences) -> str:
    return says.place_words.format(
        label=label, latitude=f"{latitude:.6f}", longitude=f"{longitude:.6f}"
    )
