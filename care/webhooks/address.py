"""Where a webhook may point: never at what only this machine, or its network, can reach.

Whoever may enter an address could otherwise have the hotline ask things of the dialogue engine, the
database or the PBX. The name is looked up when the message is sent, and exactly what was looked up
is connected to (OWASP: Server-Side Request Forgery Prevention).
"""

import ipaddress
import socket
from collections.abc import Sequence

import httpx

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
MOST = 500
"""Characters of an address."""
_HIDING = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "2002::/16", "2001::/32")))
"""IPv6 that leads to an IPv4 address within it: NAT64, 6to4, Teredo."""


class AddressError(ValueError):
    """A webhook can't point there; `kind` names a sentence of data/webhooks."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def read_url(written: str, allowed: Sequence[Network]) -> str:
    """The address, checked as far as it can be without looking its name up. Raises AddressError.

    https; http only to a loopback address that the settings allow.
    """
    text = written.strip()
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise AddressError("url_bad") from error
    if not url.host or len(text) > MOST or url.userinfo or url.fragment or not text.isascii():
        raise AddressError("url_bad")
    if url.port is not None and not 0 < url.port < 65536:
        raise AddressError("url_bad")
    literal = _address(url.host)
    if url.scheme == "http" and not (literal and literal.is_loopback):
        raise AddressError("url_not_https")
    if url.scheme not in ("http", "https"):
        raise AddressError("url_not_https")
    if literal and not _may(literal, allowed):
        raise AddressError("url_private")
    return str(url)


def look_up(host: str, port: int, allowed: Sequence[Network]) -> list[str]:
    """The addresses of a name. Raises AddressError when one of them is private, and OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    for each in addresses:
        address = _address(each)
        if address is None or not _may(address, allowed):
            raise AddressError("url_private")
    return addresses


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        return found.ipv4_mapped
    return found


def _may(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address, allowed: Sequence[Network]
) -> bool:
    if any(address in network for network in allowed):
        return True
    hides = any(address in network for network in _HIDING)
    return address.is_global and not address.is_multicast and not hides
