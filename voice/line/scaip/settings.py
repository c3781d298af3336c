"""`[scaip]` of `hotline.toml`: where home units may send their alarms, and which may."""

from ipaddress import ip_address
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from voice.line.scaip.tls import TlsSettings
from voice.line.sip.settings import HOME_NETWORKS, Network, Port


class ScaipSettings(BaseModel):
    """Without this section nobody listens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    """Address to listen on."""
    port: Port = 5070
    """UDP and TCP."""
    tls: TlsSettings | None = None
    """A port of its own."""
    allowed_networks: tuple[Network, ...] = HOME_NETWORKS
    """Who may send at all."""
    passwords: bool = True
    """Whether a unit proves who it is, with its number or controller id as the user and its key as
    the password. Off only for units that can't, in a network of their own."""
    realm: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]{1,64}$")] = "12349"
    reply: Literal["message", "response"] = "message"
    """How a unit wants its `mrs`: as a MESSAGE of its own (RFC 3428 lets no 2xx carry a body), or,
    as some do, in the 200."""
    voice: bool = True
    """Whether units that can are asked to call after an alarm, at the number they know."""

    @field_validator("host")
    @classmethod
    def _address(cls, host: str) -> str:
        try:
            return str(ip_address(host))
        except ValueError:
            raise ValueError("expected an address of this machine, e.g. 127.0.0.1") from None

    @model_validator(mode="after")
    def _ports_differ(self) -> Self:
        if self.tls is not None and self.tls.port == self.port:
            raise ValueError("expected another port for tls than the one without")
        return self
