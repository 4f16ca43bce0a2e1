"""Which addresses and ports the door connects to: IANA's special-purpose registries, entry by entry."""

import pytest

from vitality_lib.web.guard import address_key, is_public, is_web_port

PUBLIC = {
    "a website's": "93.184.215.14",
    "next to the private block": "172.32.0.1",
    "next to the shared block": "100.128.0.1",
    "IPv6": "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
    "IPv4 mapped into IPv6": "::ffff:93.184.215.14",
    "IPv4 in 6to4": "2002:5db8:d70e::1",
    "IPv4 behind NAT64": "64:ff9b::93.184.215.14",
}

NOT_PUBLIC = {
    "this network, RFC 791": "0.0.0.0",
    "this network's hosts": "0.1.2.3",
    "private, RFC 1918: 10": "10.0.0.1",
    "private, RFC 1918: 172.16": "172.16.0.1",
    "private, RFC 1918: 172.31": "172.31.255.254",
    "private, RFC 1918: 192.168": "192.168.1.1",
    "shared (CGNAT), RFC 6598: first": "100.64.0.1",
    "shared (CGNAT), RFC 6598: last": "100.127.255.254",
    "loopback, RFC 1122": "127.0.0.1",
    "loopback, another": "127.255.255.254",
    "link-local, RFC 3927": "169.254.1.1",
    "cloud metadata": "169.254.169.254",
    "protocol assignments, RFC 6890": "192.0.0.8",
    "cloud metadata among the protocol assignments": "192.0.0.192",
    "cloud metadata with a public number": "168.63.129.16",
    "documentation, RFC 5737: 1": "192.0.2.1",
    "documentation, RFC 5737: 2": "198.51.100.1",
    "documentation, RFC 5737: 3": "203.0.113.1",
    "6to4 relays, RFC 7526": "192.88.99.1",
    "benchmarks, RFC 2544": "198.19.0.1",
    "multicast, RFC 5771": "224.0.0.251",
    "reserved, RFC 1112": "240.0.0.1",
    "broadcast, RFC 919": "255.255.255.255",
    "IPv6 unspecified": "::",
    "IPv6 loopback": "::1",
    "IPv6 link-local": "fe80::1",
    "IPv6 link-local with its zone": "fe80::1%eth0",
    "IPv6 site-local, RFC 3879": "fec0::1",
    "IPv6 unique local, RFC 4193": "fd00::1",
    "IPv6 cloud metadata": "fd00:ec2::254",
    "IPv6 multicast": "ff02::1",
    "IPv6 discard, RFC 6666": "100::1",
    "IPv6 benchmarks, RFC 5180": "2001:2::1",
    "IPv6 documentation, RFC 3849": "2001:db8::1",
    "IPv6 documentation, RFC 9637": "3fff::1",
    "IPv6 segment routing, RFC 9602": "5f00::1",
    "loopback mapped into IPv6": "::ffff:127.0.0.1",
    "private mapped into IPv6": "::ffff:10.0.0.1",
    "metadata mapped into IPv6": "::ffff:a9fe:a9fe",
    "loopback, IPv4-compatible": "::127.0.0.1",
    "private in 6to4": "2002:0a00:0001::1",
    "loopback in 6to4": "2002:7f00:0001::1",
    "private behind NAT64": "64:ff9b::10.0.0.1",
    "metadata behind NAT64": "64:ff9b::169.254.169.254",
    "local-use NAT64, RFC 8215": "64:ff9b:1::1",
    "Teredo, whatever is in it": "2001:0:5db8:d70e::1",
}


@pytest.mark.parametrize("case", PUBLIC)
def test_a_public_address_may_be_connected_to(case: str) -> None:
    assert is_public(PUBLIC[case])


@pytest.mark.parametrize("case", NOT_PUBLIC)
def test_any_other_address_may_not(case: str) -> None:
    assert not is_public(NOT_PUBLIC[case])


@pytest.mark.parametrize("port", [80, 443, 1024, 8080, 8443, 65535])
def test_a_website_may_have_this_port(port: int) -> None:
    assert is_web_port(port)


@pytest.mark.parametrize("port", [0, 1, 21, 22, 25, 53, 110, 389, 445, 587, 993, 1023])
def test_no_website_has_this_port(port: int) -> None:
    assert not is_web_port(port)


NEIGHBOURHOODS = {
    "IPv4 by its /24": ("93.184.215.14", "net:93.184.215.0/24"),
    "IPv6 by its /48": ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", "net:2606:2800:21f::/48"),
    "IPv6 whatever its zone": ("2606:2800:21f::1%eth0", "net:2606:2800:21f::/48"),
}


@pytest.mark.parametrize("case", NEIGHBOURHOODS)
def test_neighbours_share_a_key(case: str) -> None:
    address, key = NEIGHBOURHOODS[case]
    assert address_key(address) == key
