"""Who may call: SIP lets anybody on the network knock, and this stack can't ask for a password."""

import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from ipaddress import IPv6Address, ip_address, ip_network

from voice.line.sip.settings import Network, SipSettings

Resolve = Callable[[str], Iterable[str]]
"""Addresses of a host name; raises OSError."""


class Guard:
    """The networks of the settings, and the trunk's server wherever its name leads to now."""

    def __init__(self, settings: SipSettings, resolve: Resolve | None = None) -> None:
        """Looks nothing up yet."""
        self._networks = settings.allowed_networks
        self._trunk = _host(settings.trunk.server) if settings.trunk else None
        self._resolve = resolve or _resolve
        self._found: tuple[Network, ...] = ()

    @property
    def may_change(self) -> bool:
        """Whether there is a name to look up."""
        return self._trunk is not None

    def look_up(self) -> None:
        """Finds the trunk; takes seconds where no name server answers. A name that isn't found now
        counts for where it led to last."""
        if self._trunk is not None:
            with suppress(OSError):
                self._found = tuple(ip_network(each) for each in self._resolve(self._trunk))

    def allows(self, address: str | None) -> bool:
        """Whether a caller at `address` may come in."""
        return allows((*self._networks, *self._found), address)


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


def _host(server: str) -> str:
    return server[1 : server.index("]")] if server.startswith("[") else server.partition(":")[0]
