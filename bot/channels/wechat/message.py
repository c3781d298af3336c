"""What the platform sends, as validated models."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from bot.channels.wechat import xml
from care.clock import SHANGHAI

OPENID = r"^[A-Za-z0-9_-]{6,64}$"
_MsgId = Annotated[int, Field(gt=0, lt=2**64)]


def _at_most(limit: int) -> BeforeValidator:
    """What is longer is cut: a place with a long name, in an emergency, is still a place."""
    return BeforeValidator(lambda value: value[:limit] if isinstance(value, str) else value)


_Words = Annotated[str, _at_most(4096)]
"""The platform lets people write 2,048 octets, some clients more."""
_MediaId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,256}$")]


class MessageError(ValueError):
    """It is no message that the documentation knows. The text names the field, not its value."""


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=False)

    openid: Annotated[str, Field(pattern=OPENID)]
    """Who sent it."""
    account: Annotated[str, Field(min_length=1, max_length=64)]
    """The account's own name at the platform, which answers are sent from."""
    time: Annotated[int, Field(ge=0, lt=2**32)]
    """Seconds since 1970, by the platform's clock."""

    @property
    def sent_at(self) -> datetime:
        """By the platform's clock."""
        return datetime.fromtimestamp(self.time, SHANGHAI)


class _Numbered(_Message):
    id: _MsgId

    @property
    def key(self) -> str:
        """The same for every repetition of this message, and for no other."""
        return f"m:{self.id}"


class Text(_Numbered):
    """Words."""

    kind: Literal["text"] = "text"
    content: _Words = ""


class Voice(_Numbered):
    """Speech, and what the platform heard in it where that is switched on."""

    kind: Literal["voice"] = "voice"
    media_id: _MediaId
    format: Annotated[str, Field(max_length=16)] = ""
    """amr or speex."""
    recognition: _Words = ""


class Location(_Numbered):
    """Where somebody is, because they chose to tell."""

    kind: Literal["location"] = "location"
    latitude: Annotated[float, Field(ge=-90, le=90)]
    """Degrees, GCJ-02 as maps in China have it."""
    longitude: Annotated[float, Field(ge=-180, le=180)]
    label: Annotated[str, _at_most(300)] = ""
    """The address, as WeChat names it."""


class Other(_Numbered):
    """A picture, film, link or sticker: nothing that we can read."""

    kind: Literal["image", "video", "shortvideo", "link", "unknown"]


class Event(_Message):
    """Something they did other than writing."""

    kind: Literal["event"] = "event"
    event: Annotated[str, Field(pattern=r"^[A-Za-z_]{1,40}$")]
    """subscribe, unsubscribe, click, view, scan, location and many more; lower case."""
    event_key: Annotated[str, _at_most(128)] = ""
    """Of a menu's button, or of the code that was scanned."""
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None

    @property
    def key(self) -> str:
        """Events have no number: sender and second (the documentation), and what it was."""
        return f"e:{self.openid}:{self.time}:{self.event}:{self.event_key[:60]}"


Message = Annotated[Text | Voice | Location | Other | Event, Field(discriminator="kind")]
_ANY: TypeAdapter[Message] = TypeAdapter(Message)


_COMMON = {
    "openid": "FromUserName",
    "account": "ToUserName",
    "time": "CreateTime",
    "id": "MsgId",
}
_OWN = {
    "text": {"content": "Content"},
    "voice": {"media_id": "MediaId", "format": "Format", "recognition": "Recognition"},
    "location": {"latitude": "Location_X", "longitude": "Location_Y", "label": "Label"},
    "event": {
        "event": "Event",
        "event_key": "EventKey",
        "latitude": "Latitude",
        "longitude": "Longitude",
    },
}
"""Our names of each kind's fields, and the platform's."""
_KINDS = {*_OWN, "image", "video", "shortvideo", "link"}


def parse(text: str) -> Message:
    """One message. Raises XmlError for what is no harmless XML, MessageError for the rest.

    Not by wechatpy's parser: it would read the XML a second time, and checks no field.
    """
    return read(_raw(xml.fields(text)))


def read(body: Any) -> Message:
    """A message as `model_dump` wrote it. Raises MessageError."""
    try:
        return _ANY.validate_python(body)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise MessageError(f"not a message: {where} is not as documented") from error


def _raw(data: dict[str, str]) -> dict[str, Any]:
    """The fields under our names; what is missing is left for the check."""
    kind = data.get("MsgType", "")
    names = _COMMON | _OWN.get(kind, {})
    raw: dict[str, Any] = {ours: data[name] for ours, name in names.items() if data.get(name)}
    for lower in ("event", "format"):
        if lower in raw:
            raw[lower] = raw[lower].lower()
    return raw | {"kind": kind if kind in _KINDS else "unknown"}
