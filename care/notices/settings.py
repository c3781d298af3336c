"""`[notices]` of `hotline.toml`: the ways out, who is told through which, and how patiently."""

import re
from string import Formatter
from typing import Annotated, Literal, Self

from pydantic import (
    AnyHttpUrl,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)

from care.notices.port import Audience
from care.notices.recipient import Recipient, Route

Seconds = Annotated[float, Field(gt=0, le=300)]

_ROBOTS = {
    "wecom": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send",
    "dingtalk": "https://oapi.dingtalk.com/robot/send",
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook",
}
_PLACES = frozenset({"number", "title", "text", "ref", "key"})
"""What a field of a short message may ask for."""

_NAME = re.compile(r"[A-Za-z0-9_-]{1,32}")


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Channel(_Settings):
    limit: Seconds = 10.0
    """Until an attempt counts as failed."""


class Accepted(_Settings):
    """How an SMS gateway says yes when it answers 200 either way."""

    field: str
    """Of its JSON answer, with dots for what is inside: `result.code`."""
    values: Annotated[tuple[str, ...], Field(min_length=1)] = ("0",)


class SmsChannel(_Channel):
    """A gateway that takes plain HTTP. One that wants signed requests needs a small proxy."""

    kind: Literal["sms"]
    url: AnyHttpUrl
    method: Literal["POST", "GET"] = "POST"
    body: Literal["json", "form", "query"] = "json"
    headers: dict[str, SecretStr] = {}
    fields: Annotated[dict[str, str], Field(min_length=1)]
    """Values with {number}, {title}, {text}, {ref} and {key} put in."""
    secret_fields: dict[str, SecretStr] = {}
    """Account and password, sent as they are."""
    accepted: Accepted | None = None
    """None: any 2xx is a yes."""

    @field_validator("fields")
    @classmethod
    def _places(cls, fields: dict[str, str]) -> dict[str, str]:
        for name, value in fields.items():
            try:
                parts = list(Formatter().parse(value))
            except ValueError:
                raise ValueError(f"{name}: a brace is missing; write {{{{ for a brace") from None
            for _, place, form, conversion in parts:
                if place is not None and (place not in _PLACES or form or conversion):
                    raise ValueError(
                        f"{name}: expected {{number}}, {{title}}, {{text}}, {{ref}} or {{key}}, "
                        f"not {{{place}}}"
                    )
        if not any("{number}" in value for value in fields.values()):
            raise ValueError("expected {number} in one of the fields: where does it go?")
        return fields


class RobotChannel(_Channel):
    """A robot in a group of WeCom, DingTalk or Feishu."""

    kind: Literal["wecom", "dingtalk", "feishu"]
    token: SecretStr
    """The key at the end of the robot's web hook."""
    secret: SecretStr = SecretStr("")
    """Where the robot is set to check signatures (DingTalk, Feishu)."""
    url: AnyHttpUrl | None = None
    """Of a proxy or a private installation; None: the service's own."""

    @field_validator("token")
    @classmethod
    def _plain(cls, token: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[A-Za-z0-9_-]{8,128}", token.get_secret_value()):
            raise ValueError("expected only the key from the end of the robot's address")
        return token

    @property
    def address(self) -> str:
        """Without query and without a slash at its end."""
        return str(self.url or _ROBOTS[self.kind]).rstrip("/")


class WebhookChannel(_Channel):
    """Any system of the house's own."""

    kind: Literal["webhook"]
    url: AnyHttpUrl
    secret: SecretStr = SecretStr("")
    """Signs what is sent, when set."""


class MailChannel(_Channel):
    """A mail server."""

    kind: Literal["mail"]
    server: str
    port: Annotated[int, Field(gt=0, lt=65536)] = 465
    security: Literal["ssl", "starttls", "none"] = "ssl"
    sender: str
    user: str = ""
    password: SecretStr = SecretStr("")

    @field_validator("server")
    @classmethod
    def _host(cls, server: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9.-]+", server):
            raise ValueError("expected a host name or an address, the port goes into `port`")
        return server


class AppriseChannel(_Channel):
    """Any other service, as apprise writes it: https://appriseit.com/services/."""

    kind: Literal["apprise"]
    url: SecretStr


class CallChannel(_Channel):
    """The hotline's own telephone."""

    kind: Literal["call"]
    limit: Seconds = 180.0
    """Ringing, and the conversation with whoever answers."""


AnyChannel = Annotated[
    SmsChannel | RobotChannel | WebhookChannel | MailChannel | AppriseChannel | CallChannel,
    Field(discriminator="kind"),
]


class NoticeSettings(_Settings):
    """Nobody is told anything until somebody is named here."""

    channels: dict[str, AnyChannel] = {}
    recipients: tuple[Recipient, ...] = ()
    contact_routes: tuple[str, ...] = ()
    """Channels to an elder's contacts, whose numbers come with the notice; best first."""
    attempts: Annotated[int, Field(ge=1, le=10)] = 3
    """Rounds through a recipient's routes."""
    back_off: Seconds = 2.0
    """Before the second round; twice as long before each further one."""
    patience: Seconds = 60.0
    """After which no further attempt begins."""

    @model_validator(mode="after")
    def _known(self) -> Self:
        for name in self.channels:
            if not _NAME.fullmatch(name):
                raise ValueError(f"channels.{name}: expected letters, digits, - or _ as its name")
        names = [recipient.name for recipient in self.recipients]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"recipients: {min(twice)} is there twice; names are unique")
        for recipient in self.recipients:
            if recipient.audience is Audience.CONTACTS:
                raise ValueError(
                    f"recipients: {recipient.name}: contacts come from the elder's record; "
                    "use contact_routes"
                )
            for route in recipient.routes:
                self._check(f"recipients: {recipient.name}", route)
        for name in self.contact_routes:
            self._check("contact_routes", Route(name, "1"))
        return self

    def _check(self, where: str, route: Route) -> None:
        channel = self.channels.get(route.channel)
        if channel is None:
            raise ValueError(f"{where}: there is no [notices.channels.{route.channel}]")
        if route.target is None and channel.kind in ("sms", "mail", "call"):
            raise ValueError(
                f"{where}: {route.channel} needs to know where to, e.g. "
                f"{route.channel}:{'duty@example.cn' if channel.kind == 'mail' else '13800000000'}"
            )
        if where == "contact_routes" and channel.kind not in ("sms", "call"):
            raise ValueError(f"{where}: {route.channel} doesn't reach a telephone number")
