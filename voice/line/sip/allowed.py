"""Who may call: SIP lets anybody on the network knock, and this stack can't ask for a password."""

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv6Address, ip_address, ip_network

from voice.line.sip.settings import Network, SipSettings

Resolve = Callable[[str], Iterable[str]]
"""Addresses of a host name; raises OSError."""


def allowed_networks(settings: SipSettings, resolve: Resolve | None = None) -> tuple[Network, ...]:
    """The networks of the settings, and the trunk's server.

    A trunk whose name isn't found now adds nothing: it can't be registered with either.
    """
    networks = settings.allowed_networks
    if settings.trunk is None:
        return networks
    host = settings.trunk.server
    host = host[1 : host.index("]")] if host.startswith("[") else host.partition(":")[0]
    try:
        found = [ip_network(address) for address in (resolve or _resolve)(host)]
    except OSError:
        found = []
    return (*networks, *found)


def allows(networks: Iterable[Network], address: str | None) -> bool:
    """Whether a caller at `address` may come in; no address, no call."""
    try:
        source = ip_address((address or "").partition("%")[0])
    except ValueError:
        return False
    if isinstance(source, IPv6Address) and source.ipv4_mapped:
        source = source.ipv4_mapped
    return any(source in network for network in networks)


def _resolve(host: str) -> Iterable[str]:
    return {str(info[4][0]) for info in socket.getaddrinfo(host, None, type=socket.SOCK_DGRAM)}
