"""Which addresses may be connected to: public ones only."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # RFC 4291 section 2.4: nothing else is routed to websites
_DOCUMENTATION = IPv6Network("3fff::/20")  # RFC 9637, unknown to older Pythons
_NO_WEBSITES = (
    IPv4Network("192.0.0.0/24"),  # RFC 6890: protocol assignments, unknown to older Pythons; a cloud's metadata, too
    IPv4Network("192.88.99.0/24"),  # RFC 7526: 6to4 relays, withdrawn
    IPv4Network("168.63.129.16/32"),  # Azure's WireServer: public by its number, answers only inside that cloud
)
_LOW_PORTS = frozenset({80, 443})


def is_public(address: IPv4Address | IPv6Address | str) -> bool:
    """Whether an address belongs to the public internet, by IANA's special-purpose registries.

    Private, loopback, link-local (cloud metadata too), shared (CGNAT), multicast and reserved addresses do not; nor do
    IPv6 forms that lead to such an IPv4 address: mapped, compatible, 6to4, Teredo, NAT64.
    """
    ip = ip_address(address.partition("%")[0]) if isinstance(address, str) else address
    if isinstance(ip, IPv6Address):
        inner = _embedded(ip)
        if inner is not None:
            return is_public(inner)
        if ip not in _GLOBAL_UNICAST or ip in _DOCUMENTATION or ip.teredo is not None:
            return False
    elif any(ip in network for network in _NO_WEBSITES):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def is_web_port(port: int) -> bool:
    """Whether a port may be a website's: 80, 443, or one that needs no privilege; never mail, SSH and the like."""
    return port in _LOW_PORTS or port >= 1024


def address_key(address: str) -> str:
    """The neighbourhood under which requests in flight are counted: /24 of IPv4, /48 of IPv6."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return f"net:{ip.packed[0]}.{ip.packed[1]}.{ip.packed[2]}.0/24"
    return f"net:{IPv6Network((int(ip) >> 80 << 80, 48)).compressed}"


def _embedded(ip: IPv6Address) -> IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip in _NAT64 or (int(ip) >> 32 == 0 and int(ip) > 1):  # the latter: IPv4-compatible, RFC 4291 section 2.5.5.1
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return None
