"""Where a sign-in came from, as failures are counted."""

from ipaddress import IPv6Address, IPv6Network, ip_address


def counted_address(address: str) -> str:
    """An IPv4 address, or the /64 of an IPv6 address: one household or office has all of that."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(IPv6Network((parsed, 64), strict=False))
    return str(parsed)
