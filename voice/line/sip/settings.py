"""What an installation says about its SIP endpoint; checked once at the start."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_address
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

Network = IPv4Network | IPv6Network
Port = Annotated[int, Field(gt=0, lt=65536)]

_HOST = re.compile(r"\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_USER = re.compile(r"[A-Za-z0-9_.!~*'()&=+$,?/%-]+")

HOME_NETWORKS: tuple[Network, ...] = (
    IPv4Network("127.0.0.0/8"),
    IPv6Network("::1/128"),
    IPv4Network("10.0.0.0/8"),
    IPv4Network("172.16.0.0/12"),
    IPv4Network("192.168.0.0/16"),
    IPv4Network("169.254.0.0/16"),
    IPv6Network("fc00::/7"),
    IPv6Network("fe80::/10"),
)
"""Loopback, private (RFC 1918, RFC 4193) and link-local networks."""


class TrunkSettings(BaseModel):
    """The carrier, or the telephone exchange of the house, that this endpoint registers with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    server: str
    """Host name or address, with `:port` when it isn't 5060."""
    user: str
    password: SecretStr = SecretStr("")
    auth_user: str | None = None
    """Of the digest, where it isn't the user."""
    transport: Literal["udp", "tcp", "tls"] = "udp"
    ca_file: Path | None = None
    """PEM of whoever signed the trunk's certificate, over TLS, where the machine doesn't trust
    them."""
    register_every: Annotated[int, Field(ge=0, le=86_400)] = 600
    """Seconds; 0 for a trunk that knows our address and wants no registration."""
    srtp: bool = False
    """Whether calls to the carrier are offered encrypted."""

    @field_validator("server")
    @classmethod
    def _host_and_port(cls, server: str) -> str:
        host, colon, port = (
            server.partition(":") if not server.startswith("[") else (server, "", "")
        )
        if not _HOST.fullmatch(host) or (colon and not 0 < int("0" + port[:6]) < 65536):
            raise ValueError(
                "expected a host name or an address, e.g. sip.example.cn or 10.0.0.2:5080"
            )
        return server

    @field_validator("ca_file")
    @classmethod
    def _is_there(cls, path: Path | None) -> Path | None:
        if path is not None and not path.is_file():
            raise ValueError(f"there is no file {path}")
        return path

    @field_validator("user", "auth_user")
    @classmethod
    def _plain(cls, user: str | None) -> str | None:
        if user is not None and not _USER.fullmatch(user):
            raise ValueError("expected letters, digits and signs that a SIP address may hold")
        return user

    @field_validator("password")
    @classmethod
    def _one_line(cls, password: SecretStr) -> SecretStr:
        if set(password.get_secret_value()) & set('"\\\r\n\0'):
            raise ValueError(
                "a password with \", \\ or a line break can't be sent by this endpoint"
            )
        return password


class SipSettings(BaseModel):
    """Where the endpoint listens, whom it lets in, and how it handles sound."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    """Address to listen on, of this machine; 0.0.0.0 for all but the loopback."""
    port: Port = 5060
    """UDP and TCP; TLS on the next one, where there is a certificate."""
    number: str = "12349"
    """Our own: what the other side sees when we call."""
    allowed_networks: tuple[Network, ...] = HOME_NETWORKS
    """Who may call. The trunk's server may in any case."""
    trunk: TrunkSettings | None = None
    rtp_ports: tuple[Port, Port] = (20_000, 29_999)
    """First and last; each call takes up to four."""
    jitter_ms: tuple[int, int] = (40, 160)
    """Least and most that incoming sound is delayed so that late packets still count."""
    rtp_timeout: Annotated[int, Field(ge=1, le=120)] = 8
    """Seconds without a packet after which a caller counts as gone."""
    certificate: Path | None = None
    """PEM with certificate and key, for calls over TLS."""

    @field_validator("host")
    @classmethod
    def _an_address(cls, host: str) -> str:
        try:
            return str(ip_address(host))
        except ValueError:
            raise ValueError("expected an address of this machine, e.g. 127.0.0.1") from None

    @field_validator("number")
    @classmethod
    def _a_number(cls, number: str) -> str:
        if not re.fullmatch(r"\+?[0-9]{2,20}", number):
            raise ValueError("expected 2 to 20 digits, with a + in front or without")
        return number

    @model_validator(mode="after")
    def _ranges(self) -> Self:
        if self.rtp_ports[1] - self.rtp_ports[0] < 3:
            raise ValueError("rtp_ports: expected the first and the last port, 4 or more apart")
        if not 0 < self.jitter_ms[0] <= self.jitter_ms[1] <= 1000:
            raise ValueError("jitter_ms: expected the least and the most, within 1 to 1000")
        if self.certificate is not None and not self.certificate.is_file():
            raise ValueError(f"certificate: there is no file {self.certificate}")
        return self
