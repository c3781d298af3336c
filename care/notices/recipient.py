"""Who is told: a name, and the routes to them in the order in which they are tried."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from care.notices.port import Audience, Notice


@dataclass(frozen=True)
class Route:
    """One channel, and where to on it."""

    channel: str
    target: str | None = None
    """A number or an address; None where the channel itself says (a group, a web hook)."""

    @property
    def masked(self) -> str:
        """For receipts: the end of a number, the domain of an address."""
        if not self.target:
            return ""
        name, at, domain = self.target.rpartition("@")
        if at:
            return f"{name[:1]}***@{domain}"[:64]
        shown = self.target[-4:] if len(self.target) >= 8 else ""
        return "*" * (min(len(self.target), 20) - len(shown)) + shown


def _route(written: object) -> object:
    if not isinstance(written, str) or not written.strip():
        raise ValueError("expected a channel, and :NUMBER or :ADDRESS where it needs one")
    channel, _, target = written.partition(":")
    return Route(channel.strip(), target.strip() or None)


class Recipient(BaseModel):
    """One person or group."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=64)]
    audience: Audience
    routes: Annotated[
        tuple[Annotated[Route, BeforeValidator(_route)], ...], Field(min_length=1, max_length=8)
    ]
    """Best first; written `sms:13800000000`, `mail:duty@example.cn` or just `wecom`."""


def contacts(notice: Notice, channels: tuple[str, ...]) -> list[Recipient]:
    """An elder's contacts, counted instead of named."""
    if not channels:
        return []
    return [
        Recipient(
            name=f"contact {number}",
            audience=Audience.CONTACTS,
            routes=tuple(f"{channel}:{phone}" for channel in channels),
        )
        for number, phone in enumerate(notice.phones[:10], 1)
        if phone.strip()
    ]
